package io.wgsd.discovery;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a pass over a device did about one peer, and why. Immutable and thread-safe. */
public final class PeerOutcome {

    /** What was done. More kinds may be added, so a {@code switch} over them needs a {@code default}. */
    public enum Kind {
        /** The peer now has the advertised endpoint, and had another one or none before. */
        UPDATED,
        /** The peer had the advertised endpoint already. */
        UNCHANGED,
        /** The peer has a live session, or one that is not known to be dead, and was left alone. */
        LIVE,
        /** The caller named the peer as one that is never written. */
        KEPT,
        /** The registry is reached through the peer, which therefore was left alone. */
        REGISTRY,
        /** The registry does not know where the peer is. */
        NOT_ADVERTISED,
        /** No advertised endpoint is one that may be written. */
        REFUSED,
        /** The registry could not be asked. */
        LOOKUP_FAILED,
        /** The peer was removed from the device during the pass. */
        GONE
    }

    private final PublicKey publicKey;
    private final Kind kind;
    private final @Nullable Endpoint endpoint;
    private final @Nullable Endpoint previous;
    private final @Nullable String reason;
    private final @Nullable DiscoveryException failure;

    private PeerOutcome(
            PublicKey publicKey,
            Kind kind,
            @Nullable Endpoint endpoint,
            @Nullable Endpoint previous,
            @Nullable String reason,
            @Nullable DiscoveryException failure) {
        this.publicKey = publicKey;
        this.kind = kind;
        this.endpoint = endpoint;
        this.previous = previous;
        this.reason = reason;
        this.failure = failure;
    }

    /**
     * Returns an outcome of some kind, without a reason.
     *
     * @param key the peer
     * @param kind what was done
     * @param endpoint the endpoint that the peer had and has
     * @return the outcome
     */
    public static PeerOutcome of(PublicKey key, Kind kind, Optional<Endpoint> endpoint) {
        return new PeerOutcome(key, kind, endpoint.orElse(null), endpoint.orElse(null), null, null);
    }

    /**
     * Returns the outcome for a peer that got another endpoint.
     *
     * @param key the peer
     * @param endpoint the one that it has now
     * @param previous the one that it had before
     * @return an outcome of kind {@link Kind#UPDATED}
     */
    public static PeerOutcome updated(PublicKey key, Endpoint endpoint, Optional<Endpoint> previous) {
        return new PeerOutcome(key, Kind.UPDATED, endpoint, previous.orElse(null), null, null);
    }

    /**
     * Returns the outcome for a peer whose advertised endpoint must not be written.
     *
     * @param key the peer
     * @param endpoint the one that was refused
     * @param previous the one that the peer has
     * @param reason why, on one line
     * @return an outcome of kind {@link Kind#REFUSED}
     */
    public static PeerOutcome refused(PublicKey key, Endpoint endpoint, Optional<Endpoint> previous, String reason) {
        return new PeerOutcome(key, Kind.REFUSED, endpoint, previous.orElse(null), reason, null);
    }

    /**
     * Returns the outcome for a peer that was left alone although something is wrong with it.
     *
     * @param key the peer
     * @param endpoint the one that it has
     * @param reason what is wrong, on one line
     * @return an outcome of kind {@link Kind#LIVE}
     */
    public static PeerOutcome spared(PublicKey key, Optional<Endpoint> endpoint, String reason) {
        Endpoint kept = endpoint.orElse(null);
        return new PeerOutcome(key, Kind.LIVE, kept, kept, reason, null);
    }

    /**
     * Returns the outcome for a peer that the registry could not be asked about.
     *
     * @param key the peer
     * @param endpoint the one that it has
     * @param failure why
     * @return an outcome of kind {@link Kind#LOOKUP_FAILED}
     */
    public static PeerOutcome failed(PublicKey key, Optional<Endpoint> endpoint, DiscoveryException failure) {
        Endpoint kept = endpoint.orElse(null);
        return new PeerOutcome(key, Kind.LOOKUP_FAILED, kept, kept, failure.getMessage(), failure);
    }

    /**
     * Returns the peer.
     *
     * @return its key
     */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Returns what was done.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the endpoint that this is about.
     *
     * @return the one that was refused, or else the one that the peer has now; empty where it has none
     */
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /**
     * Returns the endpoint that the peer had before.
     *
     * @return the endpoint; empty where it had none
     */
    public Optional<Endpoint> previousEndpoint() {
        return Optional.ofNullable(previous);
    }

    /**
     * Returns why an endpoint was refused, why the registry could not be asked, or what is wrong with a peer that was
     * left alone.
     *
     * @return one line; empty for other kinds
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /**
     * Returns why the registry could not be asked.
     *
     * @return the failure; empty for other kinds
     */
    public Optional<DiscoveryException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerOutcome that
                && publicKey.equals(that.publicKey)
                && kind == that.kind
                && Objects.equals(endpoint, that.endpoint)
                && Objects.equals(previous, that.previous)
                && Objects.equals(reason, that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(publicKey, kind, endpoint, previous, reason);
    }

    @Override
    public String toString() {
        return publicKey + " " + kind + (endpoint == null ? "" : " " + endpoint)
                + (reason == null ? "" : " (" + reason + ")");
    }
}
