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

    private final @Nullable SecretKey privateKey;
    private final boolean clearPrivateKey;
    private final OptionalInt listenPort;
    private final OptionalLong firewallMark;
    private final boolean replacePeers;
    private final List<PeerChange> peers;

    private DeviceChange(Builder builder) {
        privateKey = builder.privateKey;
        clearPrivateKey = builder.clearPrivateKey;
        listenPort = builder.listenPort;
        firewallMark = builder.firewallMark;
        replacePeers = builder.replacePeers;
        peers = builder.peers.stream().map(PeerChange.Builder::buildPeer).toList();
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
        return Optional.ofNullable(privateKey);
    }

    /**
     * Returns whether the private key is cleared.
     *
     * @return whether the device is to have none
     */
    public boolean isClearPrivateKey() {
        return clearPrivateKey;
    }

    /**
     * Returns the UDP port to listen on.
     *
     * @return 1 to 65535, or 0 for any free one; empty where it stays
     */
    public OptionalInt listenPort() {
        return listenPort;
    }

    /**
     * Returns the firewall mark to set.
     *
     * @return 1 to 4294967295, or 0 for none; empty where it stays
     */
    public OptionalLong firewallMark() {
        return firewallMark;
    }

    /**
     * Returns whether all peers that the device has are dropped before those named here are added.
     *
     * @return whether the peers are replaced
     */
    public boolean isReplacePeers() {
        return replacePeers;
    }

    /**
     * Returns what is done to peers.
     *
     * @return the changes in the order in which they are carried out; unmodifiable
     */
    public List<PeerChange> peers() {
        return peers;
    }

    /**
     * Returns whether the change changes nothing.
     *
     * @return whether no setting and no peer is named
     */
    public boolean isEmpty() {
        return privateKey == null
                && !clearPrivateKey
                && listenPort.isEmpty()
                && firewallMark.isEmpty()
                && !replacePeers
                && peers.isEmpty();
    }

    /** Compares all intents and their order, secrets in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceChange that
                && Objects.equals(privateKey, that.privateKey)
                && clearPrivateKey == that.clearPrivateKey
                && listenPort.equals(that.listenPort)
                && firewallMark.equals(that.firewallMark)
                && replacePeers == that.replacePeers
                && peers.equals(that.peers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(clearPrivateKey, listenPort, firewallMark, replacePeers, peers);
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

    /** Collects the intents that concern the device itself; not thread-safe. */
    public static final class Builder {

        private final List<PeerChange.Builder> peers = new ArrayList<>();
        private @Nullable SecretKey privateKey;
        private boolean clearPrivateKey;
        private OptionalInt listenPort = OptionalInt.empty();
        private OptionalLong firewallMark = OptionalLong.empty();
        private boolean replacePeers;

        private Builder() {}

        /**
         * Sets the private key; one of zeros clears it, because that is how WireGuard writes "none".
         *
         * @param key the key, borrowed until the change has been applied
         * @return this
         * @throws IllegalStateException if the key is closed
         */
        public Builder privateKey(SecretKey key) {
            clearPrivateKey = key.isZero();
            privateKey = clearPrivateKey ? null : key;
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
         * @throws IllegalStateException if a peer is both removed and set, or one is restarted though all are replaced
         */
        public DeviceChange build() {
            DeviceChange change = new DeviceChange(this);
            if (replacePeers && change.peers.stream().anyMatch(PeerChange::isRestart)) {
                throw new IllegalStateException(
                        "a peer is restarted though all peers are dropped first; leave out one of the two");
            }
            return change;
        }
    }
}
