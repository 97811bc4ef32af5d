package io.wgsd.backend.netlink.codec;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.SecretKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Packs changes into as few messages as a buffer allows, in order. A peer whose allowed IPs do not fit continues in the
 * next message, which repeats its key and, where only an existing peer is to be changed, says so again: a peer that is
 * removed in between must not come back as half a peer.
 *
 * <p>The buffer's owner wipes it; secrets pass through no other place that stays.
 */
public final class ChangeWriter {

    /** Takes messages. */
    public interface Outlet {
        /**
         * Takes a message that is ready to be sent, and returns when the kernel has carried it out.
         *
         * @param message the writer's buffer
         * @throws IOException if it was not carried out
         */
        void send(ByteBuffer message) throws IOException;
    }

    /** Knows interfaces. */
    public interface Scopes {
        /**
         * Returns the index of the interface that an endpoint's scope names.
         *
         * @param endpoint an endpoint
         * @return 0 where it has no scope
         * @throws IOException if there is no such interface
         */
        int index(Endpoint endpoint) throws IOException;
    }

    /** Room for one more peer with one allowed IP. */
    private static final int LEAST = PeerPart.HEAD_LENGTH + 48;

    /** More than headers, the longest device name and all settings take, and that room. */
    private static final int SETTINGS_LENGTH = 128 + LEAST;

    private final ByteBuffer buffer;
    private final MessageWriter out;
    private final int family;
    private final String device;
    private final IntSupplier sequences;
    private final Scopes scopes;
    private final Outlet outlet;
    private boolean open;
    private int peers = -1;

    /**
     * Begins with nothing written.
     *
     * @param buffer at least 512 bytes, at most 64 KiB, in the machine's byte order
     * @param family WireGuard's number among the families of generic netlink
     * @param device the device's name
     * @param sequences a new sequence number for each message
     * @param scopes finds the interfaces of endpoints' scopes
     * @param outlet takes the messages
     */
    public ChangeWriter(
            ByteBuffer buffer, int family, String device, IntSupplier sequences, Scopes scopes, Outlet outlet) {
        this.buffer = buffer;
        this.family = family;
        this.device = device;
        this.sequences = sequences;
        this.scopes = scopes;
        this.outlet = outlet;
        out = new MessageWriter(buffer);
    }

    /** Writes what concerns the device itself, which comes before all peers. */
    public void settings(DeviceChange change) {
        begin();
        if (change.isReplacePeers()) {
            out.u32(WireGuard.DEVICE_A_FLAGS, WireGuard.DEVICE_F_REPLACE_PEERS);
        }
        if (change.firewallMark().isPresent()) {
            out.u32(WireGuard.DEVICE_A_FWMARK, change.firewallMark().getAsLong());
        }
        if (change.listenPort().isPresent()) {
            out.u16(WireGuard.DEVICE_A_LISTEN_PORT, change.listenPort().getAsInt());
        }
        key(WireGuard.DEVICE_A_PRIVATE_KEY, change.privateKey().orElse(null), change.isClearPrivateKey());
    }

    /**
     * Writes what is done to one peer, in several messages where it must be.
     *
     * @param part what is done
     * @throws IOException if an earlier message, which had to make room, cannot be sent, or a scope is unknown
     */
    public void write(PeerPart part) throws IOException {
        int nest = beginPeer(part, part.flags());
        key(WireGuard.PEER_A_PRESHARED_KEY, part.presharedKey(), part.clearPresharedKey());
        if (part.endpoint() != null) {
            SocketAddresses.write(
                    out.struct(WireGuard.PEER_A_ENDPOINT, SocketAddresses.length(part.endpoint())),
                    part.endpoint(),
                    scopes.index(part.endpoint()));
        }
        if (part.keepalive() != null) {
            out.u16(WireGuard.PEER_A_PERSISTENT_KEEPALIVE_INTERVAL, (int)
                    part.keepalive().toSeconds());
        }
        out.endNest(allowedIps(part, nest));
    }

    /** Returns whether these fit into one message, regardless of what is written before. */
    public boolean fitsOne(List<PeerPart> parts) {
        return length(parts) <= buffer.capacity() - SETTINGS_LENGTH;
    }

    /**
     * Writes these into one message, so that the kernel carries them out in one transaction.
     *
     * @param parts what {@link #fitsOne} says fits
     * @throws IOException if an earlier message, which had to make room, cannot be sent, or a scope is unknown
     */
    public void writeTogether(List<PeerPart> parts) throws IOException {
        if (open && length(parts) + LEAST > out.remaining()) {
            flush();
        }
        for (PeerPart part : parts) {
            write(part);
        }
    }

    /**
     * Sends what is left.
     *
     * @throws IOException if it cannot be sent
     */
    public void flush() throws IOException {
        if (!open) {
            return;
        }
        if (peers >= 0) {
            out.endNest(peers);
        }
        out.end();
        open = false;
        peers = -1;
        outlet.send(buffer);
    }

    /** Writes the allowed IPs of a peer whose nest is begun, and returns the nest that is to be ended. */
    private int allowedIps(PeerPart part, int peerNest) throws IOException {
        int count = part.added().size() + part.removed().size();
        if (count == 0) {
            return peerNest;
        }
        int peer = peerNest;
        int list = out.beginNest(WireGuard.PEER_A_ALLOWEDIPS);
        for (int i = 0; i < count; i++) {
            boolean remove = i >= part.added().size();
            IpPrefix prefix = remove
                    ? part.removed().get(i - part.added().size())
                    : part.added().get(i);
            if (out.remaining() < AllowedIps.length(prefix, remove)) {
                out.endNest(list);
                out.endNest(peer);
                flush();
                peer = beginPeer(part, part.flags() & WireGuard.PEER_F_UPDATE_ONLY);
                list = out.beginNest(WireGuard.PEER_A_ALLOWEDIPS);
            }
            AllowedIps.write(out, prefix, remove);
        }
        out.endNest(list);
        return peer;
    }

    private int beginPeer(PeerPart part, int flags) throws IOException {
        if (open && out.remaining() < LEAST) {
            flush();
        }
        begin();
        if (peers < 0) {
            peers = out.beginNest(WireGuard.DEVICE_A_PEERS);
        }
        int nest = out.beginNest(0);
        out.bytes(WireGuard.PEER_A_PUBLIC_KEY, part.publicKey().toBytes());
        if (flags != 0) {
            out.u32(WireGuard.PEER_A_FLAGS, flags);
        }
        return nest;
    }

    private void key(int type, @Nullable SecretKey key, boolean clear) {
        if (key != null) {
            out.secret(type, key);
        } else if (clear) {
            out.bytes(type, new byte[WireGuard.KEY_LENGTH]);
        }
    }

    private void begin() {
        if (!open) {
            open = true;
            out.begin(
                    family,
                    Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK,
                    sequences.getAsInt(),
                    WireGuard.CMD_SET_DEVICE,
                    WireGuard.GENL_VERSION);
            out.string(WireGuard.DEVICE_A_IFNAME, device);
        }
    }

    private static int length(List<PeerPart> parts) {
        return parts.stream().mapToInt(PeerPart::length).sum();
    }
}
