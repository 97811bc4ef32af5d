package io.wgsd.dnssd;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a registry says about a peer: its key, where it can be reached and since when, which addresses are its own, which
 * relays hear it, and how its NAT maps.
 *
 * <p>Immutable and thread-safe.
 */
public final class Advertisement {

    /** How many relays of a peer a record has room for. */
    private static final int MAX_RELAYS = 4;

    private final PublicKey publicKey;
    private final List<Endpoint> endpoints;
    private final List<IpPrefix> allowedIps;
    private final boolean allowedIpsComplete;
    private final @Nullable Instant since;
    private final List<PublicKey> relays;
    private final @Nullable NatMapping natMapping;

    private Advertisement(Builder builder) {
        publicKey = builder.publicKey;
        endpoints = List.copyOf(builder.endpoints);
        allowedIps = List.copyOf(new TreeSet<>(builder.allowedIps));
        allowedIpsComplete = builder.allowedIpsComplete;
        since = builder.since;
        relays = builder.relays.stream().limit(MAX_RELAYS).toList();
        natMapping = builder.natMapping;
    }

    /**
     * Begins an advertisement without endpoints and allowed IPs.
     *
     * @param publicKey the peer's key
     * @return a builder
     */
    public static Builder builder(PublicKey publicKey) {
        return new Builder(publicKey);
    }

    /**
     * Returns an order in which the newest knowledge is greatest: by {@link #since()}, where none at all and one in the
     * future are oldest.
     *
     * @param now the time by which the future is recognized
     * @return a comparator for several registries' views of one peer
     */
    public static Comparator<Advertisement> newest(Instant now) {
        return Comparator.comparing(advertisement ->
                advertisement.since().filter(since -> !since.isAfter(now)).orElse(Instant.MIN));
    }

    /**
     * Returns the peer's key.
     *
     * @return the public key
     */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Returns where the peer can be reached.
     *
     * @return the endpoints, best first; a zone serves the first one only
     */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /**
     * Returns the addresses that the registry routes to the peer.
     *
     * @return the prefixes in ascending order, each once; unmodifiable
     */
    public List<IpPrefix> allowedIps() {
        return allowedIps;
    }

    /**
     * Returns whether {@link #allowedIps()} are all that there are.
     *
     * @return false where the record had no room for all, or some could not be read
     */
    public boolean allowedIpsComplete() {
        return allowedIpsComplete;
    }

    /**
     * Returns when the registry first saw the peer at this endpoint, by the registry's clock.
     *
     * @return the time in whole seconds; empty where the registry does not say
     */
    public Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    /**
     * Returns the relays that hear the peer now, through which others can reach it.
     *
     * @return their keys in ascending order, four at most; unmodifiable
     */
    public List<PublicKey> relays() {
        return relays;
    }

    /**
     * Returns how the peer's NAT maps.
     *
     * @return the mapping; empty where it is not known
     */
    public Optional<NatMapping> natMapping() {
        return Optional.ofNullable(natMapping);
    }

    /**
     * Begins a copy that differs in some fields.
     *
     * @return a builder with all that this advertisement has
     */
    public Builder toBuilder() {
        Builder copy = new Builder(publicKey).allowedIps(allowedIps).allowedIpsComplete(allowedIpsComplete);
        copy.endpoints.addAll(endpoints);
        copy.since = since;
        copy.natMapping = natMapping;
        return copy.relays(relays);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Advertisement that
                        && publicKey.equals(that.publicKey)
                        && endpoints.equals(that.endpoints)
                        && allowedIps.equals(that.allowedIps)
                        && allowedIpsComplete == that.allowedIpsComplete
                        && Objects.equals(since, that.since)
                        && relays.equals(that.relays)
                        && natMapping == that.natMapping);
    }

    @Override
    public int hashCode() {
        return Objects.hash(publicKey, endpoints, allowedIps, allowedIpsComplete, since, relays, natMapping);
    }

    @Override
    public String toString() {
        return "Advertisement[" + publicKey + ", endpoints=" + endpoints + ", allowedIps=" + allowedIps
                + (allowedIpsComplete ? "" : " and more") + ", since=" + (since == null ? "unknown" : since)
                + (relays.isEmpty() ? "" : ", relays=" + relays)
                + (natMapping == null ? "" : ", natMapping=" + natMapping) + "]";
    }

    /** Collects an advertisement's fields; not thread-safe. */
    public static final class Builder {

        private final PublicKey publicKey;
        private final List<Endpoint> endpoints = new ArrayList<>();
        private final List<IpPrefix> allowedIps = new ArrayList<>();
        private boolean allowedIpsComplete = true;
        private @Nullable Instant since;
        private final TreeSet<PublicKey> relays = new TreeSet<>();
        private @Nullable NatMapping natMapping;

        private Builder(PublicKey publicKey) {
            this.publicKey = Objects.requireNonNull(publicKey, "publicKey");
        }

        /**
         * Adds an endpoint behind those that were added before.
         *
         * @param endpoint where the peer can be reached
         * @return this
         */
        public Builder endpoint(Endpoint endpoint) {
            endpoints.add(Objects.requireNonNull(endpoint, "endpoint"));
            return this;
        }

        /**
         * Adds prefixes; order does not matter, and a prefix given twice counts once.
         *
         * @param prefixes the prefixes
         * @return this
         */
        public Builder allowedIps(Collection<IpPrefix> prefixes) {
            allowedIps.addAll(prefixes);
            return this;
        }

        /**
         * Sets whether the prefixes are all that there are; true by default.
         *
         * @param complete whether they are
         * @return this
         */
        public Builder allowedIpsComplete(boolean complete) {
            allowedIpsComplete = complete;
            return this;
        }

        /**
         * Sets since when the registry has seen the peer at this endpoint.
         *
         * @param time the time, cut to whole seconds
         * @return this
         */
        public Builder since(Instant time) {
            since = time.truncatedTo(ChronoUnit.SECONDS);
            return this;
        }

        /**
         * Sets which relays hear the peer, in place of those that were set before.
         *
         * @param keys the relays' keys; order does not matter, and of more than four the least four count
         * @return this
         */
        public Builder relays(Collection<PublicKey> keys) {
            relays.clear();
            relays.addAll(keys);
            return this;
        }

        /**
         * Sets how the peer's NAT maps.
         *
         * @param mapping the mapping
         * @return this
         */
        public Builder natMapping(NatMapping mapping) {
            natMapping = Objects.requireNonNull(mapping, "mapping");
            return this;
        }

        /**
         * Returns the advertisement.
         *
         * @return a new value
         */
        public Advertisement build() {
            return new Advertisement(this);
        }
    }
}
