package io.wgsd.discovery;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an agent knows about one relay. Immutable and thread-safe. */
public final class RelayStatus {

    private final PublicKey publicKey;
    private final State state;
    private final Instant since;
    private final @Nullable Endpoint endpoint;
    private final @Nullable String reason;

    private RelayStatus(Builder builder) {
        publicKey = builder.publicKey;
        state = builder.state;
        since = builder.since;
        endpoint = builder.endpoint;
        reason = builder.reason;
    }

    /**
     * Begins a status, as an agent or a test makes it.
     *
     * @param publicKey the relay's key
     * @param state what it is to this host
     * @param since when it came into this state
     * @return a builder
     */
    public static Builder builder(PublicKey publicKey, State state, Instant since) {
        return new Builder(publicKey, state, since);
    }

    /**
     * Returns the relay.
     *
     * @return its key
     */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Returns what the relay is to this host.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    /**
     * Returns when the relay came into this state.
     *
     * @return the time by this host's wall clock as it was when this status was made
     */
    public Instant since() {
        return since;
    }

    /**
     * Returns where the relay is.
     *
     * @return the endpoint that WireGuard has for it, or else the one that is announced; empty where this host can use
     *     none of those
     */
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /**
     * Returns why the relay is in this state, where that is not obvious.
     *
     * @return one line
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RelayStatus that
                && publicKey.equals(that.publicKey)
                && state == that.state
                && since.equals(that.since)
                && Objects.equals(endpoint, that.endpoint)
                && Objects.equals(reason, that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(publicKey, state, since, endpoint, reason);
    }

    @Override
    public String toString() {
        return "relay " + publicKey + (endpoint == null ? "" : " at " + endpoint) + " is " + state
                + (reason == null ? "" : ": " + reason);
    }

    /** What a relay is to this host. */
    public enum State {
        /** The relay is known, and this host is not attached to it. */
        UNUSED("not used"),
        /** The relay is a peer of the device, and has not answered yet. */
        ATTACHING("attaching"),
        /** The relay answers, and peers can be reached through it. */
        UP("up"),
        /** The relay does not answer; it is tried again and again. */
        DOWN("down");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /**
         * Returns the state in words for people.
         *
         * @return one or two words, which complete "the relay is …"
         */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Collects what is known; not thread-safe. */
    public static final class Builder {

        private final PublicKey publicKey;
        private final State state;
        private final Instant since;
        private @Nullable Endpoint endpoint;
        private @Nullable String reason;

        private Builder(PublicKey publicKey, State state, Instant since) {
            this.publicKey = Objects.requireNonNull(publicKey, "publicKey");
            this.state = Objects.requireNonNull(state, "state");
            this.since = Objects.requireNonNull(since, "since");
        }

        /**
         * Sets where the relay is.
         *
         * @param endpoint the endpoint; null, as by default, where there is none
         * @return this
         */
        public Builder endpoint(@Nullable Endpoint endpoint) {
            this.endpoint = endpoint;
            return this;
        }

        /**
         * Sets why the relay is in this state.
         *
         * @param reason one line; null, as by default, where that is obvious
         * @return this
         */
        public Builder reason(@Nullable String reason) {
            this.reason = reason;
            return this;
        }

        /**
         * Returns the status.
         *
         * @return the status
         */
        public RelayStatus build() {
            return new RelayStatus(this);
        }
    }
}
