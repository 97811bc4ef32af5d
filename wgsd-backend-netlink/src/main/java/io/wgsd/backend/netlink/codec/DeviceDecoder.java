package io.wgsd.backend.netlink.codec;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a device of the messages of a dump (drivers/net/wireguard/netlink.c, wg_get_device_dump). The device's own
 * attributes may come again in every message, and a peer in several messages in a row; attributes that are not known
 * are ignored. Closing wipes the secrets, unless they were handed out in a snapshot.
 */
public final class DeviceDecoder implements AutoCloseable {

    private final boolean keepSecrets;
    private final Device.Builder device;
    private final Map<PublicKey, SecretKey> presharedKeys = new HashMap<>();
    private @Nullable SecretKey privateKey;
    private @Nullable PeerDraft peer;
    private @Nullable Start start;
    private int peers;

    /**
     * Begins a device.
     *
     * @param name its name
     * @param keepSecrets whether the snapshot is to have its secrets
     * @param previous an earlier reading, whose peers are shared where they are equal
     */
    public DeviceDecoder(String name, boolean keepSecrets, @Nullable Device previous) {
        this.keepSecrets = keepSecrets;
        device = Device.builder(name, DeviceKind.KERNEL).sharing(previous);
    }

    /**
     * Takes the payload of the next message.
     *
     * @param payload what follows the message's header
     * @throws ProtocolException if it is not what the kernel writes
     */
    public void message(ByteBuffer payload) throws ProtocolException {
        Generic.skipHeader(payload);
        Attributes attributes = new Attributes(payload);
        while (attributes.next()) {
            switch (attributes.type()) {
                case WireGuard.DEVICE_A_PRIVATE_KEY -> privateKey(attributes);
                case WireGuard.DEVICE_A_PUBLIC_KEY ->
                    device.publicKey(PublicKey.of(attributes.bytes(WireGuard.KEY_LENGTH)));
                case WireGuard.DEVICE_A_LISTEN_PORT -> device.listenPort(attributes.u16());
                case WireGuard.DEVICE_A_FWMARK -> device.firewallMark(attributes.u32());
                case WireGuard.DEVICE_A_PEERS -> peers(attributes.nested());
                default -> {}
            }
        }
    }

    /**
     * Returns what was read; the secrets are now the snapshot's to close.
     *
     * @return the device and its secrets
     * @throws ProtocolException if two peers have the same key
     */
    public Snapshot snapshot() throws ProtocolException {
        endPeer();
        Device read;
        try {
            read = device.build();
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(e.getMessage());
        }
        DeviceSecrets secrets = DeviceSecrets.of(privateKey, presharedKeys);
        privateKey = null;
        presharedKeys.clear();
        return new Snapshot(read, secrets);
    }

    @Override
    public void close() {
        if (privateKey != null) {
            privateKey.close();
        }
        presharedKeys.values().forEach(SecretKey::close);
    }

    private void privateKey(Attributes attribute) throws ProtocolException {
        if (keepSecrets && privateKey == null) {
            privateKey = secret(attribute);
        }
    }

    private void peers(Attributes list) throws ProtocolException {
        boolean isFirst = true;
        while (list.next()) {
            PeerDraft draft = peer(list.nested());
            if (isFirst && draft != null) {
                begin(new Start(draft.publicKey(), draft.sliceStart()));
            }
            isFirst = false;
        }
    }

    /** Some kernels send the same message again and again when a peer does not fit (amneziawg issue 228). */
    private void begin(Start next) throws ProtocolException {
        if (next.equals(start)) {
            throw new ProtocolException("the kernel repeats itself, from peer " + next.publicKey());
        }
        start = next;
    }

    private @Nullable PeerDraft peer(Attributes attributes) throws ProtocolException {
        PeerDraft draft = null;
        while (attributes.next()) {
            if (attributes.type() == WireGuard.PEER_A_PUBLIC_KEY) {
                draft = draft(PublicKey.of(attributes.bytes(WireGuard.KEY_LENGTH)));
            } else if (draft == null) {
                throw new ProtocolException("a peer's attribute " + attributes.type() + " comes before its key");
            } else if (attributes.type() == WireGuard.PEER_A_PRESHARED_KEY) {
                presharedKey(draft.publicKey(), attributes);
            } else {
                draft.take(attributes);
            }
        }
        return draft;
    }

    /** Returns the draft that is being written where the key is its own, and begins another elsewhere. */
    private PeerDraft draft(PublicKey key) throws ProtocolException {
        PeerDraft draft = peer;
        if (draft == null || !draft.publicKey().equals(key)) {
            endPeer();
            if (++peers > WireGuard.MAX_PEERS) {
                throw new ProtocolException("more than " + WireGuard.MAX_PEERS + " peers");
            }
            draft = new PeerDraft(key);
            peer = draft;
        }
        draft.nextSlice();
        return draft;
    }

    private void presharedKey(PublicKey owner, Attributes attribute) throws ProtocolException {
        if (!keepSecrets) {
            return;
        }
        SecretKey key = secret(attribute);
        // The kernel writes zeros where there is no key.
        SecretKey surplus = key != null ? presharedKeys.put(owner, key) : null;
        if (surplus != null) {
            surplus.close();
        }
    }

    private static @Nullable SecretKey secret(Attributes attribute) throws ProtocolException {
        SecretKey key = SecretKey.copyOf(attribute.struct(WireGuard.KEY_LENGTH));
        return key.isZero() ? null : key;
    }

    private void endPeer() {
        if (peer != null) {
            device.peer(peer.build());
            peer = null;
        }
    }

    /** With what a message begins. */
    private record Start(PublicKey publicKey, @Nullable IpPrefix allowedIp) {}
}
