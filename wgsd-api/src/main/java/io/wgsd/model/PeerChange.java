package io.wgsd.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link DeviceChange} does to one peer.
 *
 * <p>A backend carries the parts out in the kernel's order (drivers/net/wireguard/netlink.c, set_peer): the peer is
 * found or added, then removed, or else: preshared key, endpoint, replacement of the allowed IPs, allowed IPs added and
 * removed, persistent keepalive. Immutable and thread-safe, except for the preshared key, which the caller may close.
 */
public final class PeerChange {

    private final PublicKey publicKey;
    private final boolean remove;
    private final boolean updateOnly;
    private final boolean restart;
    private final @Nullable SecretKey presharedKey;
    private final boolean clearPresharedKey;
    private final @Nullable Endpoint endpoint;
    private final boolean replaceAllowedIps;
    private final List<IpPrefix> addedAllowedIps;
    private final List<IpPrefix> removedAllowedIps;
    private final @Nullable Duration persistentKeepalive;

    private PeerChange(Builder builder) {
        publicKey = builder.publicKey;
        remove = builder.remove;
        updateOnly = builder.updateOnly;
        restart = builder.restart;
        presharedKey = builder.presharedKey;
        clearPresharedKey = builder.clearPresharedKey;
        endpoint = builder.endpoint;
        replaceAllowedIps = builder.replaceAllowedIps;
        addedAllowedIps = List.copyOf(builder.addedAllowedIps);
        removedAllowedIps = List.copyOf(builder.removedAllowedIps);
        persistentKeepalive = builder.persistentKeepalive;
    }

    /**
     * Returns whose settings change.
     *
     * @return the peer's key
     */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Returns whether the peer is removed; then there are no other parts.
     *
     * @return whether it is removed
     */
    public boolean isRemove() {
        return remove;
    }

    /**
     * Returns whether nothing happens where the peer does not exist, instead of adding it.
     *
     * @return whether only an existing peer is changed
     */
    public boolean isUpdateOnly() {
        return updateOnly;
    }

    /**
     * Returns whether an existing peer is first removed and added again with everything it had.
     *
     * @return whether it is restarted; then it is also {@linkplain #isUpdateOnly() update-only}
     */
    public boolean isRestart() {
        return restart;
    }

    /**
     * Returns the preshared key to set; it is borrowed from the caller.
     *
     * @return the key; empty where it stays or is cleared
     */
    public Optional<SecretKey> presharedKey() {
        return Optional.ofNullable(presharedKey);
    }

    /**
     * Returns whether the preshared key is cleared.
     *
     * @return whether the peer is to have none
     */
    public boolean isClearPresharedKey() {
        return clearPresharedKey;
    }

    /**
     * Returns the endpoint to set.
     *
     * @return the endpoint; empty where it stays, for WireGuard cannot clear one
     */
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /**
     * Returns whether the allowed IPs that the peer has are dropped before others are added.
     *
     * @return whether they are replaced
     */
    public boolean isReplaceAllowedIps() {
        return replaceAllowedIps;
    }

    /**
     * Returns the allowed IPs to add; one that another peer has moves to this peer.
     *
     * @return the prefixes in the order in which they were given
     */
    public List<IpPrefix> addedAllowedIps() {
        return addedAllowedIps;
    }

    /**
     * Returns the allowed IPs to remove after others were added; one that the peer does not have is no error.
     *
     * @return the prefixes in the order in which they were given
     */
    public List<IpPrefix> removedAllowedIps() {
        return removedAllowedIps;
    }

    /**
     * Returns the persistent keepalive interval to set.
     *
     * @return 0 (off) to 65535 seconds; empty where it stays
     */
    public Optional<Duration> persistentKeepalive() {
        return Optional.ofNullable(persistentKeepalive);
    }

    /**
     * Returns the allowed IPs that a peer has after this change, for backends that have to write all of them.
     *
     * @param before those that it has now
     * @return those that stay, in their order, then those that are added; each once, modifiable
     */
    public Set<IpPrefix> allowedIpsAfter(Collection<IpPrefix> before) {
        Set<IpPrefix> after = new LinkedHashSet<>(replaceAllowedIps ? List.of() : before);
        after.addAll(addedAllowedIps);
        // Not removeAll, which is slow for a long list that is removed from a short set.
        removedAllowedIps.forEach(after::remove);
        return after;
    }

    private boolean isSetting() {
        return restart
                || presharedKey != null
                || clearPresharedKey
                || endpoint != null
                || replaceAllowedIps
                || !addedAllowedIps.isEmpty()
                || !removedAllowedIps.isEmpty()
                || persistentKeepalive != null;
    }

    /** Compares all intents, preshared keys in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PeerChange that
                && publicKey.equals(that.publicKey)
                && remove == that.remove
                && updateOnly == that.updateOnly
                && restart == that.restart
                && Objects.equals(presharedKey, that.presharedKey)
                && clearPresharedKey == that.clearPresharedKey
                && Objects.equals(endpoint, that.endpoint)
                && replaceAllowedIps == that.replaceAllowedIps
                && addedAllowedIps.equals(that.addedAllowedIps)
                && removedAllowedIps.equals(that.removedAllowedIps)
                && Objects.equals(persistentKeepalive, that.persistentKeepalive);
    }

    @Override
    public int hashCode() {
        return Objects.hash(publicKey, remove, restart, endpoint, addedAllowedIps, removedAllowedIps);
    }

    /** Returns the intents, with the preshared key redacted. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("peer ").append(publicKey());
        append(text, isUpdateOnly() && !isRestart(), " update-only");
        append(text, isRestart(), " restart");
        append(text, isRemove(), " remove");
        append(text, presharedKey().isPresent(), " preshared-key redacted");
        append(text, isClearPresharedKey(), " preshared-key none");
        endpoint().ifPresent(endpoint -> text.append(" endpoint ").append(endpoint));
        append(text, isReplaceAllowedIps(), " replace-allowed-ips");
        addedAllowedIps.forEach(prefix -> text.append(" +").append(prefix));
        removedAllowedIps.forEach(prefix -> text.append(" -").append(prefix));
        persistentKeepalive()
                .ifPresent(interval -> text.append(" persistent-keepalive ").append(interval.toSeconds()));
        return text.toString();
    }

    private static void append(StringBuilder text, boolean condition, String words) {
        if (condition) {
            text.append(words);
        }
    }

    /** Collects the intents that concern one peer; not thread-safe. */
    public static final class Builder {

        private final PublicKey publicKey;
        private final List<IpPrefix> addedAllowedIps = new ArrayList<>();
        private final List<IpPrefix> removedAllowedIps = new ArrayList<>();
        private boolean remove;
        private boolean updateOnly;
        private boolean restart;
        private @Nullable SecretKey presharedKey;
        private boolean clearPresharedKey;
        private @Nullable Endpoint endpoint;
        private boolean replaceAllowedIps;
        private @Nullable Duration persistentKeepalive;
        private final DeviceChange.Builder change;

        Builder(DeviceChange.Builder change, PublicKey publicKey) {
            this.change = change;
            this.publicKey = Objects.requireNonNull(publicKey, "publicKey");
        }

        /**
         * Removes the peer, with its session; no error where it does not exist.
         *
         * @return this
         */
        public Builder remove() {
            remove = true;
            return this;
        }

        /**
         * Changes only a peer that exists, rather than adding it.
         *
         * @return this
         */
        public Builder updateOnly() {
            updateOnly = true;
            return this;
        }

        /**
         * Removes the peer and adds it again with everything it had, preshared key included, before the other parts are
         * carried out; nothing happens where it does not exist.
         *
         * <p>This resets the peer's statistics and its timers, and breaks a session that it has: it is for a peer
         * without one. A backend that cannot do it in one transaction refuses with {@code UnsupportedException}.
         *
         * @return this
         */
        public Builder restart() {
            restart = true;
            updateOnly = true;
            return this;
        }

        /**
         * Sets the preshared key; one of zeros clears it, because that is how WireGuard writes "none".
         *
         * @param key the key, borrowed until the change has been applied
         * @return this
         * @throws IllegalStateException if the key is closed
         */
        public Builder presharedKey(SecretKey key) {
            clearPresharedKey = key.isZero();
            presharedKey = clearPresharedKey ? null : key;
            return this;
        }

        /**
         * Clears the preshared key.
         *
         * @return this
         */
        public Builder clearPresharedKey() {
            presharedKey = null;
            clearPresharedKey = true;
            return this;
        }

        /**
         * Sets where the peer is reached; this alone sends nothing.
         *
         * @param value the endpoint
         * @return this
         */
        public Builder endpoint(Endpoint value) {
            endpoint = Objects.requireNonNull(value, "endpoint");
            return this;
        }

        /**
         * Drops the allowed IPs that the peer has before others are added.
         *
         * @return this
         */
        public Builder replaceAllowedIps() {
            replaceAllowedIps = true;
            return this;
        }

        /**
         * Adds an allowed IP; where another peer has it, it moves from there to here.
         *
         * @param prefix the prefix
         * @return this
         */
        public Builder addAllowedIp(IpPrefix prefix) {
            addedAllowedIps.add(Objects.requireNonNull(prefix, "prefix"));
            return this;
        }

        /**
         * Adds several allowed IPs.
         *
         * @param prefixes the prefixes
         * @return this
         */
        public Builder addAllowedIps(Collection<IpPrefix> prefixes) {
            prefixes.forEach(this::addAllowedIp);
            return this;
        }

        /**
         * Removes one allowed IP; no error where the peer does not have it.
         *
         * @param prefix the prefix
         * @return this
         */
        public Builder removeAllowedIp(IpPrefix prefix) {
            removedAllowedIps.add(Objects.requireNonNull(prefix, "prefix"));
            return this;
        }

        /**
         * Sets the persistent keepalive interval; a change from 0 to anything else sends a packet at once.
         *
         * @param interval whole seconds, 0 (off) to 65535
         * @return this
         * @throws IllegalArgumentException if the interval is out of range
         */
        public Builder persistentKeepalive(Duration interval) {
            persistentKeepalive = Keepalives.check(interval);
            return this;
        }

        /**
         * Begins what is done to the next peer.
         *
         * @param nextPublicKey the next peer's key
         * @return a builder for that peer
         */
        public Builder peer(PublicKey nextPublicKey) {
            return change.peer(nextPublicKey);
        }

        /**
         * Returns the change, as {@link DeviceChange.Builder#build()} does.
         *
         * @return a new value
         * @throws IllegalStateException if parts of the change contradict each other
         */
        public DeviceChange build() {
            return change.build();
        }

        PeerChange buildPeer() {
            PeerChange built = new PeerChange(this);
            if (remove && built.isSetting()) {
                throw new IllegalStateException("peer " + publicKey
                        + " is both removed and set; name it twice, to remove it and then add it again");
            }
            return built;
        }
    }
}
