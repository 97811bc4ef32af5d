package io.wgsd.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A peer as a device has it: its key, where it is reached, which addresses are its own, and what was counted.
 *
 * <p>It holds no secret: only {@code PeerSource.secrets} shows whether there is a preshared key, and which. Immutable
 * and thread-safe.
 */
public final class Peer {

    private final PublicKey publicKey;
    private final @Nullable Endpoint endpoint;
    private final List<IpPrefix> allowedIps;
    private final @Nullable Duration persistentKeepalive;
    private final PeerStatistics statistics;

    private Peer(Builder builder) {
        publicKey = builder.publicKey;
        endpoint = builder.endpoint;
        allowedIps = sorted(builder.allowedIps);
        persistentKeepalive = builder.persistentKeepalive;
        statistics = builder.statistics;
    }

    private Peer(Peer configuration, PeerStatistics statistics) {
        publicKey = configuration.publicKey;
        endpoint = configuration.endpoint;
        allowedIps = configuration.allowedIps;
        persistentKeepalive = configuration.persistentKeepalive;
        this.statistics = statistics;
    }

    /**
     * Begins a peer without endpoint, allowed IPs, keepalive or statistics.
     *
     * @param publicKey the peer's key
     * @return a builder
     */
    public static Builder builder(PublicKey publicKey) {
        return new Builder(publicKey);
    }

    /**
     * Returns the peer's key, which is its name.
     *
     * @return the public key
     */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Returns where WireGuard sends the peer's packets at the moment.
     *
     * @return the endpoint; empty where it was not configured and the peer has not been heard yet
     */
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /**
     * Returns the addresses that are routed to the peer and accepted from it.
     *
     * @return the prefixes in ascending order, each once; unmodifiable
     */
    public List<IpPrefix> allowedIps() {
        return allowedIps;
    }

    /**
     * Returns how long the peer may hear nothing before a keepalive packet is sent to it.
     *
     * @return 1 to 65535 seconds; empty where it is off
     */
    public Optional<Duration> persistentKeepalive() {
        return Optional.ofNullable(persistentKeepalive);
    }

    /**
     * Returns what WireGuard counted when the peer was read.
     *
     * @return the statistics
     */
    public PeerStatistics statistics() {
        return statistics;
    }

    /**
     * Returns the same peer with other statistics, sharing all the rest.
     *
     * @param newer what is counted now
     * @return this where the statistics are equal
     */
    public Peer withStatistics(PeerStatistics newer) {
        return statistics.equals(newer) ? this : new Peer(this, newer);
    }

    /**
     * Returns whether everything but the statistics is equal.
     *
     * @param other another peer, or the same at another time
     * @return whether key, endpoint, allowed IPs and persistent keepalive are equal
     */
    public boolean sameConfiguration(Peer other) {
        return publicKey.equals(other.publicKey)
                && Objects.equals(endpoint, other.endpoint)
                && allowedIps.equals(other.allowedIps)
                && Objects.equals(persistentKeepalive, other.persistentKeepalive);
    }

    /** Returns an equal peer that has in common with an earlier one what is equal. */
    @SuppressWarnings("ReferenceEquality") // only to be quick
    Peer sharing(Peer earlier) {
        if (this == earlier) {
            return this;
        }
        return earlier.sameConfiguration(this) ? earlier.withStatistics(statistics) : this;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Peer that && sameConfiguration(that) && statistics.equals(that.statistics));
    }

    @Override
    public int hashCode() {
        return Objects.hash(publicKey, endpoint, allowedIps, persistentKeepalive, statistics);
    }

    @Override
    public String toString() {
        return "Peer[" + publicKey + ", endpoint=" + (endpoint == null ? "none" : endpoint) + ", allowedIps="
                + allowedIps
                + ", persistentKeepalive=" + (persistentKeepalive == null ? "off" : persistentKeepalive) + ", "
                + statistics + "]";
    }

    private static List<IpPrefix> sorted(List<IpPrefix> prefixes) {
        for (int i = 1; i < prefixes.size(); i++) {
            if (prefixes.get(i - 1).compareTo(prefixes.get(i)) >= 0) {
                return List.copyOf(new TreeSet<>(prefixes));
            }
        }
        return List.copyOf(prefixes);
    }

    /** Collects a peer's fields; not thread-safe. */
    public static final class Builder {

        private final PublicKey publicKey;
        private final List<IpPrefix> allowedIps = new ArrayList<>();
        private @Nullable Endpoint endpoint;
        private @Nullable Duration persistentKeepalive;
        private PeerStatistics statistics = PeerStatistics.none();

        private Builder(PublicKey publicKey) {
            this.publicKey = Objects.requireNonNull(publicKey, "publicKey");
        }

        /**
         * Sets where the peer is reached.
         *
         * @param value the endpoint
         * @return this
         */
        public Builder endpoint(Endpoint value) {
            endpoint = Objects.requireNonNull(value, "endpoint");
            return this;
        }

        /**
         * Adds one of the peer's prefixes; order does not matter, and a prefix given twice counts once.
         *
         * @param prefix the prefix
         * @return this
         */
        public Builder allowedIp(IpPrefix prefix) {
            allowedIps.add(Objects.requireNonNull(prefix, "prefix"));
            return this;
        }

        /**
         * Adds several of the peer's prefixes.
         *
         * @param prefixes the prefixes
         * @return this
         */
        public Builder allowedIps(Collection<IpPrefix> prefixes) {
            prefixes.forEach(this::allowedIp);
            return this;
        }

        /**
         * Sets the persistent keepalive interval.
         *
         * @param interval whole seconds, 0 (off) to 65535
         * @return this
         * @throws IllegalArgumentException if the interval is out of range
         */
        public Builder persistentKeepalive(Duration interval) {
            persistentKeepalive = Keepalives.check(interval).isZero() ? null : interval;
            return this;
        }

        /**
         * Sets what WireGuard counted.
         *
         * @param value the statistics
         * @return this
         */
        public Builder statistics(PeerStatistics value) {
            statistics = Objects.requireNonNull(value, "statistics");
            return this;
        }

        /**
         * Returns the peer.
         *
         * @return a new value
         */
        public Peer build() {
            return new Peer(this);
        }
    }
}
