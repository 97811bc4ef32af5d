package io.wgsd.discovery;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an agent knows about one peer. Immutable and thread-safe. */
public final class PeerStatus {

    private final PublicKey publicKey;
    private final PeerState state;
    private final Instant since;
    private final @Nullable Endpoint endpoint;
    private final @Nullable Endpoint advertised;
    private final @Nullable String reason;
    private final @Nullable PeerPath path;
    private final @Nullable Attempts attempts;

    private PeerStatus(Builder builder) {
        publicKey = builder.publicKey;
        state = builder.state;
        since = builder.since;
        endpoint = builder.endpoint;
        advertised = builder.advertised;
        reason = builder.reason;
        path = builder.path;
        attempts = builder.attempts;
    }

    /** What has come from a peer while it has no session. More may be added, so a {@code switch} needs a {@code default}. */
    public enum Heard {
        /** Nothing that WireGuard could read. */
        NOTHING,
        /** Handshake initiations only: the peer runs, and has this host's key. */
        INITIATIONS,
        /** Something else. */
        OTHER
    }

    /**
     * What attempts to reach a peer have shown so far. Immutable and thread-safe.
     *
     * @param since when the first of them was made
     * @param count how many were made
     * @param messages how many handshake messages WireGuard was seen to send; it decides itself when it sends one
     * @param heard what came back
     * @param clockSetBack how far this host's wall clock is behind the latest time that it has shown; zero where it was
     *     not set back. A peer that has heard this host before refuses its handshakes for that long
     */
    public record Attempts(Instant since, int count, int messages, Heard heard, Duration clockSetBack) {}

    /**
     * Begins a status, as an agent or a test makes it.
     *
     * @param publicKey the peer's key
     * @param state what is done about it
     * @param since when it came into this state
     * @return a builder
     */
    public static Builder builder(PublicKey publicKey, PeerState state, Instant since) {
        return new Builder(publicKey, state, since);
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
     * Returns what is done about the peer.
     *
     * @return the state
     */
    public PeerState state() {
        return state;
    }

    /**
     * Returns when the peer came into this state.
     *
     * @return the time by this host's wall clock as it was when this status was made; the time that has passed since is
     *     measured by a monotonic clock, so that setting the wall clock does not change it
     */
    public Instant since() {
        return since;
    }

    /**
     * Returns where WireGuard sends the peer's packets.
     *
     * @return the endpoint as it was read last; empty where there is none
     */
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /**
     * Returns where the newest advertisement says that the peer is.
     *
     * @return the endpoint; empty where no registry has advertised one
     */
    public Optional<Endpoint> advertised() {
        return Optional.ofNullable(advertised);
    }

    /**
     * Returns why the peer is in this state, where that is not obvious.
     *
     * @return one line: what was seen, and the possible causes, the most common first
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /**
     * Returns the way that packets take to the peer.
     *
     * @return the path; empty where there is no live session
     */
    public Optional<PeerPath> path() {
        return Optional.ofNullable(path);
    }

    /**
     * Returns what attempts to reach the peer have shown.
     *
     * @return what was seen; empty where the peer has a session, or none is attempted
     */
    public Optional<Attempts> attempts() {
        return Optional.ofNullable(attempts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerStatus that
                && publicKey.equals(that.publicKey)
                && state == that.state
                && since.equals(that.since)
                && Objects.equals(endpoint, that.endpoint)
                && Objects.equals(advertised, that.advertised)
                && Objects.equals(reason, that.reason)
                && Objects.equals(path, that.path)
                && Objects.equals(attempts, that.attempts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(publicKey, state, since, endpoint, advertised, reason, path, attempts);
    }

    @Override
    public String toString() {
        // The endpoint that it has is not the one that it waits for.
        String where = endpoint == null ? "" : state == PeerState.WAITING ? ", and has " + endpoint : " at " + endpoint;
        return publicKey + " is " + state + where + (reason == null ? "" : ": " + reason);
    }

    /** Collects what is known; not thread-safe. */
    public static final class Builder {

        private final PublicKey publicKey;
        private final PeerState state;
        private final Instant since;
        private @Nullable Endpoint endpoint;
        private @Nullable Endpoint advertised;
        private @Nullable String reason;
        private @Nullable PeerPath path;
        private @Nullable Attempts attempts;

        private Builder(PublicKey publicKey, PeerState state, Instant since) {
            this.publicKey = Objects.requireNonNull(publicKey, "publicKey");
            this.state = Objects.requireNonNull(state, "state");
            this.since = Objects.requireNonNull(since, "since");
        }

        /**
         * Sets where WireGuard sends the peer's packets.
         *
         * @param endpoint the endpoint; null, as by default, where there is none
         * @return this
         */
        public Builder endpoint(@Nullable Endpoint endpoint) {
            this.endpoint = endpoint;
            return this;
        }

        /**
         * Sets where the newest advertisement says that the peer is.
         *
         * @param advertised the endpoint; null, as by default, where no registry has advertised one
         * @return this
         */
        public Builder advertised(@Nullable Endpoint advertised) {
            this.advertised = advertised;
            return this;
        }

        /**
         * Sets why the peer is in this state.
         *
         * @param reason one line; null, as by default, where that is obvious
         * @return this
         */
        public Builder reason(@Nullable String reason) {
            this.reason = reason;
            return this;
        }

        /**
         * Sets the way that packets take to the peer.
         *
         * @param path the path; null, as by default, where there is no live session
         * @return this
         */
        public Builder path(@Nullable PeerPath path) {
            this.path = path;
            return this;
        }

        /**
         * Sets what attempts to reach the peer have shown.
         *
         * @param attempts what was seen; null, as by default, where none is made
         * @return this
         */
        public Builder attempts(@Nullable Attempts attempts) {
            this.attempts = attempts;
            return this;
        }

        /**
         * Returns the status.
         *
         * @return the status
         */
        public PeerStatus build() {
            return new PeerStatus(this);
        }
    }
}
