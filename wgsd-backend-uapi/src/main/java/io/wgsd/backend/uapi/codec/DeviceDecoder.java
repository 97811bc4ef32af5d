package io.wgsd.backend.uapi.codec;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.FormatException;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a device of the fields that the answer to {@code get} has. Fields that are not known are ignored, as the
 * protocol asks. Closing wipes the secrets, unless they were handed out in a snapshot.
 */
public final class DeviceDecoder implements AnswerReader.Fields, AutoCloseable {

    private static final int MAX_PORT = 65535;
    private static final long MAX_MARK = 0xffff_ffffL;

    private final String name;
    private final OwnKeys ownKeys;
    private final Instant now;
    private final Wanted wanted;
    private final Device.Builder device;
    private final @Nullable PeerSections sections;
    private final PeersRead peers;
    private final SecretSieve sieve;
    private final Map<PublicKey, SecretKey> presharedKeys = new HashMap<>();
    private @Nullable SecretKey privateKey;
    private boolean isDerived;
    private boolean tellsOwnPublicKey;
    private boolean hasHandshakeAges;
    private @Nullable PeerDraft peer;
    private long hash;

    /**
     * Begins a device.
     *
     * @param name its name
     * @param ownKeys what derives its public key
     * @param now the wall clock
     * @param wanted what is to be read
     */
    public DeviceDecoder(String name, OwnKeys ownKeys, Instant now, Wanted wanted) {
        this.name = name;
        this.ownKeys = ownKeys;
        this.now = now;
        this.wanted = wanted;
        device = Device.builder(name, DeviceKind.USERSPACE).sharing(wanted.previous());
        sieve = new SecretSieve(wanted);
        KnownPeers known = wanted.secrets() ? null : wanted.known();
        peers = new PeersRead(known == null ? KnownPeers.NONE : known);
        sections = known == null ? null : new PeerSections(known, new Peers());
    }

    /** Peers as they come, some of them known. */
    private final class Peers implements PeerSections.Sink {

        @Override
        public void peer(long told, int index) {
            endPeer();
            hash = told;
            if (index != KnownPeers.UNKNOWN) {
                peers.addKnown(told, index);
            }
        }

        @Override
        public void line(Line line) throws ProtocolException {
            field(line);
        }
    }

    @Override
    public void piece(ByteBuffer piece) {
        sieve.sift(piece);
    }

    @Override
    public boolean raw(byte[] bytes, int from, int to, int number) throws ProtocolException {
        return sections != null && sections.take(bytes, from, to, number);
    }

    @Override
    public int rawLines(ByteBuffer words, int from, int to) {
        return sections == null ? from : sections.take(words, from, to);
    }

    @Override
    public int rawLineCount() {
        return sections == null ? 0 : sections.taken();
    }

    @Override
    public void field(Line line) throws ProtocolException {
        UapiKey key = line.key();
        if (key == null) {
            return;
        }
        try {
            switch (key) {
                case PRIVATE_KEY -> privateKey(line);
                case OWN_PUBLIC_KEY -> {
                    tellsOwnPublicKey = true;
                    device.publicKey(PublicKey.parseHex(line.text()));
                }
                case LISTEN_PORT -> device.listenPort((int) line.decimal(MAX_PORT));
                case FWMARK -> device.firewallMark(line.decimal(MAX_MARK));
                case PUBLIC_KEY -> {
                    endPeer();
                    peer = new PeerDraft(PublicKey.parseHex(line.text()));
                }
                case PRESHARED_KEY -> presharedKey(line);
                case ENDPOINT,
                        ALLOWED_IP,
                        PERSISTENT_KEEPALIVE_INTERVAL,
                        LAST_HANDSHAKE_TIME_SEC,
                        LAST_HANDSHAKE_TIME_NSEC,
                        RX_BYTES,
                        TX_BYTES -> peer(line).field(key, line);
                default -> {}
            }
        } catch (FormatException e) {
            throw line.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** Returns what was read; the secrets are now the snapshot's to close. */
    public Snapshot snapshot() throws ProtocolException {
        if (sections != null) {
            sections.flush();
        }
        endPeer();
        Device read;
        try {
            read = device.peers(peers.peers()).build();
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(e.getMessage());
        }
        DeviceSecrets secrets = DeviceSecrets.of(privateKey, presharedKeys);
        privateKey = null;
        presharedKeys.clear();
        return new Snapshot(
                read,
                secrets,
                tellsOwnPublicKey,
                hasHandshakeAges,
                sections == null ? KnownPeers.NONE : peers.known(read.peers()));
    }

    @Override
    public void close() {
        sieve.close();
        if (sections != null) {
            sections.close();
        }
        if (privateKey != null) {
            privateKey.close();
        }
        presharedKeys.values().forEach(SecretKey::close);
    }

    private void privateKey(Line line) {
        checkKey(line);
        if (!wanted.takesPrivateKey()) {
            return;
        }
        ByteBuffer digits = sieve.next();
        SecretKey key = SecretKey.parseHex(digits);
        // A hostile answer may hold any number of keys, and each takes a millisecond and most of a megabyte to derive
        // from.
        if (wanted.publicKey() && !key.isZero() && !isDerived) {
            isDerived = true;
            device.publicKey(ownKeys.derive(name, digits));
        }
        if (wanted.secrets() && wanted.owners() == null && !key.isZero() && privateKey == null) {
            privateKey = key;
        } else {
            key.close();
        }
    }

    private void presharedKey(Line line) throws ProtocolException {
        PublicKey owner = peer(line).publicKey();
        if (!wanted.secrets()) {
            return;
        }
        checkKey(line);
        Set<PublicKey> owners = wanted.owners();
        if (owners != null && !owners.contains(owner)) {
            return;
        }
        SecretKey key = SecretKey.parseHex(sieve.next());
        // wireguard-go writes zeros where there is no key.
        SecretKey surplus = key.isZero() ? key : presharedKeys.put(owner, key);
        if (surplus != null) {
            surplus.close();
        }
    }

    /** Refuses what is not as long as a key; of one that is, the sieve has left zeros. */
    private static void checkKey(Line line) {
        SecretKey.parseHex(line.secret()).close();
    }

    private PeerDraft peer(Line line) throws ProtocolException {
        if (peer == null) {
            throw line.malformed("comes before any public_key");
        }
        return peer;
    }

    private void endPeer() {
        if (peer == null) {
            return;
        }
        hasHandshakeAges |= peer.hasHandshakeAge(now);
        peers.addOther(hash, peer.build(now, find(wanted.lastAges(), peer.publicKey())));
        peer = null;
    }

    private static @Nullable Peer find(@Nullable Device device, PublicKey key) {
        return device == null ? null : device.peer(key).orElse(null);
    }
}
