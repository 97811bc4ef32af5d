package io.wgsd.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is at one moment: whether it can do its work, and whether a restart would help. Immutable and
 * thread-safe.
 */
public final class AgentHealth {

    private final boolean deviceUp;
    private final @Nullable String deviceProblem;
    private final List<RegistryStatus> registries;
    private final @Nullable String ended;

    private AgentHealth(Builder builder) {
        deviceUp = builder.deviceUp && builder.deviceProblem == null;
        deviceProblem = builder.deviceProblem;
        registries = List.copyOf(builder.registries);
        ended = builder.ended;
    }

    /**
     * Begins a value, as an agent or a test makes it.
     *
     * @return a builder of an agent whose device is up, without a registry
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns whether the device is there, and can be read and written as far as is known.
     *
     * @return false until it has been read for the first time
     */
    public boolean isDeviceUp() {
        return deviceUp;
    }

    /**
     * Returns why the device cannot be read or written.
     *
     * @return one line; empty where it can
     */
    public Optional<String> deviceProblem() {
        return Optional.ofNullable(deviceProblem);
    }

    /**
     * Returns the registries, and whether they answer.
     *
     * @return one status for each, in the order in which they were added; unmodifiable
     */
    public List<RegistryStatus> registries() {
        return registries;
    }

    /**
     * Returns why the agent has ended without being closed.
     *
     * @return one line; empty while it runs, and after a close by the caller
     */
    public Optional<String> ended() {
        return Optional.ofNullable(ended);
    }

    /**
     * Returns whether the agent can do its work: the device is up, and a registry answers.
     *
     * @return false also where the agent has ended
     */
    public boolean isWorking() {
        return ended == null
                && deviceUp
                && registries.stream().anyMatch(registry -> registry.state() == RegistryStatus.State.UP);
    }

    /**
     * Returns whether another agent in place of this one would probably do better.
     *
     * @return true where the agent has ended; false where the device or the registries are away, because a restart does
     *     not change that
     */
    public boolean wouldRestartHelp() {
        return ended != null;
    }

    @Override
    public String toString() {
        return "AgentHealth[deviceUp=" + deviceUp + ", deviceProblem="
                + (deviceProblem == null ? "none" : deviceProblem) + ", registries=" + registries + ", ended="
                + (ended == null ? "no" : ended) + "]";
    }

    /** Collects how an agent is; not thread-safe. */
    public static final class Builder {

        private boolean deviceUp = true;
        private @Nullable String deviceProblem;
        private final List<RegistryStatus> registries = new ArrayList<>();
        private @Nullable String ended;

        private Builder() {}

        /**
         * Sets whether the device is there.
         *
         * @param deviceUp true by default
         * @return this
         */
        public Builder deviceUp(boolean deviceUp) {
            this.deviceUp = deviceUp;
            return this;
        }

        /**
         * Sets why the device cannot be read or written; then it is not up.
         *
         * @param deviceProblem one line; null, as by default, where there is no problem
         * @return this
         */
        public Builder deviceProblem(@Nullable String deviceProblem) {
            this.deviceProblem = deviceProblem;
            return this;
        }

        /**
         * Adds a registry.
         *
         * @param registry how it is
         * @return this
         */
        public Builder registry(RegistryStatus registry) {
            registries.add(Objects.requireNonNull(registry, "registry"));
            return this;
        }

        /**
         * Sets why the agent has ended without being closed.
         *
         * @param ended one line; null, as by default, while it runs
         * @return this
         */
        public Builder ended(@Nullable String ended) {
            this.ended = ended;
            return this;
        }

        /**
         * Makes the value.
         *
         * @return the value
         */
        public AgentHealth build() {
            return new AgentHealth(this);
        }
    }
}
