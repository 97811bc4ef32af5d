package io.wgsd.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A change to a device, built by intent: what is not named stays as it is.
 *
 * <pre>{@code
 * DeviceChange.builder()
 *     .peer(alice).updateOnly().endpoint(seen).persistentKeepalive(Duration.ofSeconds(25))
 *     .peer(mallory).remove()
 *     .build();
 * }</pre>
 *
 * <p>The parts are carried out in the kernel's order (drivers/net/wireguard/netlink.c, wg_set_device): firewall mark,
 * listen port, removal of all peers, private key, then the peers one by one in the order in which they were named. The
 * same peer may be named more than once. Setting a private key removes the peer that has its public key.
 *
 * <p>A change borrows its secrets: it neither copies nor closes them, and the caller closes them after {@code
 * PeerSource.apply}. Otherwise immutable and thread-safe.
 */
public final class DeviceChange {

    private final Builder parts;
    private final List<PeerChange> peers;

    private DeviceChange(Builder parts) {
        this.parts = parts;
        peers = parts.peers.stream().map(PeerChange::new).toList();
    }

    /**
     * Begins a change of nothing.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the private key to set; it is borrowed from the caller.
     *
     * @return the key; empty where it stays or is cleared
     */
    public Optional<SecretKey> privateKey() {
        return Optional.ofNullable(parts.privateKey);
    }

    /**
     * Returns whether the private key is cleared.
     *
     * @return whether the device is to have none
     */
    public boolean isClearPrivateKey() {
        return parts.clearPrivateKey;
    }

    /**
     * Returns the UDP port to listen on.
     *
     * @return 1 to 65535, or 0 for any free one; empty where it stays
     */
    public OptionalInt listenPort() {
        return parts.listenPort;
    }

    /**
     * Returns the firewall mark to set.
     *
     * @return 1 to 4294967295, or 0 for none; empty where it stays
     */
    public OptionalLong firewallMark() {
        return parts.firewallMark;
    }

    /**
     * Returns whether all peers that the device has are dropped before those named here are added.
     *
     * @return whether the peers are replaced
     */
    public boolean isReplacePeers() {
        return parts.replacePeers;
    }

    /**
     * Returns what is done to peers.
     *
     * @return the changes in the order in which they are carried out; unmodifiable
     */
    public List<PeerChange> peers() {
        return peers;
    }

    /** Returns the intents, with all secrets redacted. */
    @Override
    public String toString() {
        List<String> intents = new ArrayList<>();
        firewallMark().ifPresent(mark -> intents.add("fwmark " + mark));
        listenPort().ifPresent(port -> intents.add("listen-port " + port));
        if (isReplacePeers()) {
            intents.add("replace-peers");
        }
        privateKey().ifPresent(key -> intents.add("private-key redacted"));
        if (isClearPrivateKey()) {
            intents.add("private-key none");
        }
        peers.forEach(peer -> intents.add(peer.toString()));
        return "DeviceChange" + intents;
    }

    /** Gathers the intents that concern the device itself; not thread-safe. */
    public static final class Builder {

        private final List<PeerChange.Builder> peers = new ArrayList<>();
        private @Nullable SecretKey privateKey;
        private boolean clearPrivateKey;
        private OptionalInt listenPort = OptionalInt.empty();
        private OptionalLong firewallMark = OptionalLong.empty();
        private boolean replacePeers;

        private Builder() {}

        /**
         * Sets the private key.
         *
         * @param key the key, borrowed until the change has been applied
         * @return this
         */
        public Builder privateKey(SecretKey key) {
            privateKey = Objects.requireNonNull(key, "key");
            clearPrivateKey = false;
            return this;
        }

        /**
         * Clears the private key, so that the device can neither send nor receive.
         *
         * @return this
         */
        public Builder clearPrivateKey() {
            privateKey = null;
            clearPrivateKey = true;
            return this;
        }

        /**
         * Sets the UDP port to listen on.
         *
         * @param port 1 to 65535, or 0 for any free one
         * @return this
         * @throws IllegalArgumentException if the port is out of range
         */
        public Builder listenPort(int port) {
            listenPort = OptionalInt.of(Device.checkListenPort(port));
            return this;
        }

        /**
         * Sets the firewall mark.
         *
         * @param mark 1 to 4294967295, or 0 for none
         * @return this
         * @throws IllegalArgumentException if the mark is out of range
         */
        public Builder firewallMark(long mark) {
            firewallMark = OptionalLong.of(Device.checkFirewallMark(mark));
            return this;
        }

        /**
         * Drops all peers that the device has before those named here are added.
         *
         * @return this
         */
        public Builder replacePeers() {
            replacePeers = true;
            return this;
        }

        /**
         * Begins what is done to a peer; without another word the peer is added where it does not exist.
         *
         * @param publicKey the peer's key
         * @return a builder for the peer, from which the next peer can be named
         */
        public PeerChange.Builder peer(PublicKey publicKey) {
            PeerChange.Builder peer = new PeerChange.Builder(this, publicKey);
            peers.add(peer);
            return peer;
        }

        /**
         * Returns the change.
         *
         * @return a new value
         * @throws IllegalStateException if a peer is both removed and set, or a part contradicts another
         */
        public DeviceChange build() {
            peers.forEach(PeerChange.Builder::check);
            Builder copy = new Builder();
            copy.privateKey = privateKey;
            copy.clearPrivateKey = clearPrivateKey;
            copy.listenPort = listenPort;
            copy.firewallMark = firewallMark;
            copy.replacePeers = replacePeers;
            peers.forEach(peer -> copy.peers.add(peer.copy(copy)));
            return new DeviceChange(copy);
        }
    }
}
