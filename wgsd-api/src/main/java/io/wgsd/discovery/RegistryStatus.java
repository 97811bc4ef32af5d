package io.wgsd.discovery;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an agent knows about one of its registries. Immutable and thread-safe. */
public final class RegistryStatus {

    private final InetSocketAddress server;
    private final State state;
    private final Instant since;
    private final @Nullable Duration age;
    private final boolean pushing;
    private final @Nullable Duration roundTrip;
    private final @Nullable String reason;

    private RegistryStatus(Builder builder) {
        server = builder.server;
        state = builder.state;
        since = builder.since;
        age = builder.age;
        pushing = builder.pushing;
        roundTrip = builder.roundTrip;
        reason = builder.reason;
    }

    /** Whether a registry answers. More states may be added, so a {@code switch} over them needs a {@code default}. */
    public enum State {
        /** It has not answered yet, and it is not known whether it does. */
        UNKNOWN,
        /** It answers. */
        UP,
        /** It was asked, and gave no answer that could be used, more than once. */
        DOWN,
        /** It is not asked, since anyone on the way could forge what it says. */
        NOT_ASKED
    }

    /**
     * Begins a status, as an agent or a test makes it.
     *
     * @param server the registry's address, or its name
     * @param state whether it answers
     * @param since since when
     * @return a builder of a registry that has said nothing yet, and does not push
     */
    public static Builder builder(InetSocketAddress server, State state, Instant since) {
        return new Builder(server, state, since);
    }

    /**
     * Returns how the registry is known.
     *
     * @return its address; its name, not resolved, where it was given by name
     */
    public InetSocketAddress server() {
        return server;
    }

    /**
     * Returns whether the registry answers.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    /**
     * Returns since when it is in this state.
     *
     * @return the time by the agent's clock
     */
    public Instant since() {
        return since;
    }

    /**
     * Returns how long ago the registry last said anything: answered or pushed.
     *
     * @return the age by the monotonic clock; empty if it has never said anything
     */
    public Optional<Duration> age() {
        return Optional.ofNullable(age);
    }

    /**
     * Returns whether the registry pushes changes of peers at this moment.
     *
     * @return false where it is polled
     */
    public boolean isPushing() {
        return pushing;
    }

    /**
     * Returns how long the registry takes to answer.
     *
     * @return the shortest time of the latest answers, network and registry together; empty if it has never answered
     */
    public Optional<Duration> roundTrip() {
        return Optional.ofNullable(roundTrip);
    }

    /**
     * Returns why the registry is in this state.
     *
     * @return one line that names the registry; empty where it answers, or nothing is known
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public String toString() {
        return "RegistryStatus[server=" + server + ", state=" + state + ", since=" + since + ", age="
                + (age == null ? "none" : age) + ", pushing=" + pushing
                + (roundTrip == null ? "" : ", roundTrip=" + roundTrip)
                + (reason == null ? "" : ", reason=" + reason) + "]";
    }

    /** Collects what is known; not thread-safe. */
    public static final class Builder {

        private final InetSocketAddress server;
        private final State state;
        private final Instant since;
        private @Nullable Duration age;
        private boolean pushing;
        private @Nullable Duration roundTrip;
        private @Nullable String reason;

        private Builder(InetSocketAddress server, State state, Instant since) {
            this.server = Objects.requireNonNull(server, "server");
            this.state = Objects.requireNonNull(state, "state");
            this.since = Objects.requireNonNull(since, "since");
        }

        /**
         * Sets how long ago the registry last said anything.
         *
         * @param age the age; null, as by default, if it never did
         * @return this
         */
        public Builder age(@Nullable Duration age) {
            this.age = age;
            return this;
        }

        /**
         * Sets whether it pushes changes.
         *
         * @param pushing false by default
         * @return this
         */
        public Builder pushing(boolean pushing) {
            this.pushing = pushing;
            return this;
        }

        /**
         * Sets how long it takes to answer.
         *
         * @param roundTrip the time; null, as by default, if it has never answered
         * @return this
         */
        public Builder roundTrip(@Nullable Duration roundTrip) {
            this.roundTrip = roundTrip;
            return this;
        }

        /**
         * Sets why it is in this state.
         *
         * @param reason one line; null, as by default, where there is none
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
        public RegistryStatus build() {
            return new RegistryStatus(this);
        }
    }
}
