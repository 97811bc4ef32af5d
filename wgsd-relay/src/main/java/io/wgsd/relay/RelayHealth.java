package io.wgsd.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a relay is at one moment: whether it does what it should, and whether a restart would help. Immutable and
 * thread-safe.
 */
public final class RelayHealth {

    private final boolean running;
    private final List<String> problems;
    private final @Nullable Throwable fatalError;

    private RelayHealth(Builder builder) {
        running = builder.running;
        problems = List.copyOf(builder.problems);
        fatalError = builder.fatalError;
    }

    /**
     * Begins a value, as for a test of what shows it.
     *
     * @return a builder of a relay that runs and has no problem
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns whether packets are forwarded.
     *
     * @return false once the relay is closed, or an error has ended it
     */
    public boolean isRunning() {
        return running;
    }

    /**
     * Returns what an operator should know.
     *
     * @return one line each; empty where all is well; unmodifiable
     */
    public List<String> problems() {
        return problems;
    }

    /**
     * Returns what has ended one of the relay's threads, after which it forwards nothing and closes itself.
     *
     * @return the error; empty while all threads run, and after a close by the caller
     */
    public Optional<Throwable> fatalError() {
        return Optional.ofNullable(fatalError);
    }

    /**
     * Returns whether all is well.
     *
     * @return whether the relay runs and has no problem
     */
    public boolean isOk() {
        return running && fatalError == null && problems.isEmpty();
    }

    /**
     * Returns whether another relay in place of this one would probably do better.
     *
     * @return true where a thread has ended
     */
    public boolean wouldRestartHelp() {
        return fatalError != null;
    }

    @Override
    public String toString() {
        return "RelayHealth[running=" + running + ", problems=" + problems + ", fatalError="
                + (fatalError == null ? "none" : fatalError) + "]";
    }

    /** Collects how a relay is; not thread-safe. */
    public static final class Builder {

        private boolean running = true;
        private final List<String> problems = new ArrayList<>();
        private @Nullable Throwable fatalError;

        private Builder() {}

        /**
         * Sets {@link RelayHealth#isRunning()}.
         *
         * @param running true by default
         * @return this
         */
        public Builder running(boolean running) {
            this.running = running;
            return this;
        }

        /**
         * Adds to {@link RelayHealth#problems()}.
         *
         * @param line what an operator should know, on one line
         * @return this
         */
        public Builder problem(String line) {
            problems.add(Objects.requireNonNull(line, "line"));
            return this;
        }

        /**
         * Sets {@link RelayHealth#fatalError()}, after which the relay does not run.
         *
         * @param fatalError what has ended a thread
         * @return this
         */
        public Builder fatalError(Throwable fatalError) {
            this.fatalError = Objects.requireNonNull(fatalError, "fatalError");
            running = false;
            return this;
        }

        /**
         * Returns the value.
         *
         * @return the value
         */
        public RelayHealth build() {
            return new RelayHealth(this);
        }
    }
}
