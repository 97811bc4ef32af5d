package io.wgsd.server;

import io.wgsd.spi.WireGuardException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a registry is at one moment: whether it serves what is so now, and whether a restart would help. Immutable and
 * thread-safe.
 */
public final class RegistryHealth {

    private final boolean ready;
    private final @Nullable Instant staleSince;
    private final boolean expired;
    private final @Nullable WireGuardException readingError;
    private final boolean stuck;
    private final @Nullable Throwable fatalError;
    private final List<InetSocketAddress> listening;

    private RegistryHealth(Builder builder) {
        ready = builder.ready;
        staleSince = builder.staleSince;
        expired = builder.expired;
        readingError = builder.readingError;
        stuck = builder.stuck;
        fatalError = builder.fatalError;
        listening = builder.listening;
    }

    /**
     * Begins a value, as for a test of what shows it.
     *
     * @return a builder of a registry that is ready, fresh, and listens nowhere
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns whether the device has been read, so that there are answers.
     *
     * @return false until the first reading
     */
    public boolean isReady() {
        return ready;
    }

    /**
     * Returns since when answers say that they are stale, because the device has not been read for too long.
     *
     * @return the time by the registry's clock; empty while what is served is fresh, and before the first reading
     */
    public Optional<Instant> staleSince() {
        return Optional.ofNullable(staleSince);
    }

    /**
     * Returns whether what is known is older than {@link RegistryBuilder#staleLimit}, so that every answer is SERVFAIL.
     *
     * @return true once the limit has passed
     */
    public boolean isExpired() {
        return expired;
    }

    /**
     * Returns why the latest reading of the device failed.
     *
     * @return the error; empty where it succeeded
     */
    public Optional<WireGuardException> readingError() {
        return Optional.ofNullable(readingError);
    }

    /**
     * Returns whether a reading of the device has neither succeeded nor failed for so long that it probably never ends.
     *
     * @return true after two minutes more than two readings are apart
     */
    public boolean isStuck() {
        return stuck;
    }

    /**
     * Returns what has ended one of the registry's threads, after which it answers nothing and closes itself.
     *
     * @return the error; empty while all threads run
     */
    public Optional<Throwable> fatalError() {
        return Optional.ofNullable(fatalError);
    }

    /**
     * Returns at which addresses the registry listens.
     *
     * @return those that are bound; empty once closed, and for a registry that listens nowhere
     */
    public List<InetSocketAddress> listening() {
        return listening;
    }

    /**
     * Returns whether what the registry serves can be relied on: there is a zone, and it is fresh.
     *
     * @return false also where a thread has ended
     */
    public boolean isServingFresh() {
        return ready && staleSince == null && !expired && fatalError == null;
    }

    /**
     * Returns whether another registry in place of this one would probably do better.
     *
     * @return true where a thread has ended or is stuck; false where the device cannot be read, because a restart does
     *     not change that
     */
    public boolean wouldRestartHelp() {
        return fatalError != null || stuck;
    }

    @Override
    public String toString() {
        return "RegistryHealth[ready=" + ready + ", staleSince=" + (staleSince == null ? "never" : staleSince)
                + ", expired=" + expired + ", readingError="
                + (readingError == null ? "none" : readingError.getMessage())
                + ", stuck=" + stuck + ", fatalError=" + (fatalError == null ? "none" : fatalError) + ", listening="
                + listening + "]";
    }

    /** Collects how a registry is; not thread-safe. */
    public static final class Builder {

        private boolean ready = true;
        private @Nullable Instant staleSince;
        private boolean expired;
        private @Nullable WireGuardException readingError;
        private boolean stuck;
        private @Nullable Throwable fatalError;
        private List<InetSocketAddress> listening = List.of();

        private Builder() {}

        /**
         * Sets {@link RegistryHealth#isReady()}.
         *
         * @param value true by default
         * @return this
         */
        public Builder ready(boolean value) {
            ready = value;
            return this;
        }

        /**
         * Sets {@link RegistryHealth#staleSince()}.
         *
         * @param value since when
         * @return this
         */
        public Builder staleSince(Instant value) {
            staleSince = Objects.requireNonNull(value, "staleSince");
            return this;
        }

        /**
         * Sets {@link RegistryHealth#isExpired()}.
         *
         * @param value false by default
         * @return this
         */
        public Builder expired(boolean value) {
            expired = value;
            return this;
        }

        /**
         * Sets {@link RegistryHealth#readingError()}.
         *
         * @param value why the latest reading failed
         * @return this
         */
        public Builder readingError(WireGuardException value) {
            readingError = Objects.requireNonNull(value, "readingError");
            return this;
        }

        /**
         * Sets {@link RegistryHealth#isStuck()}.
         *
         * @param value false by default
         * @return this
         */
        public Builder stuck(boolean value) {
            stuck = value;
            return this;
        }

        /**
         * Sets {@link RegistryHealth#fatalError()}.
         *
         * @param value what has ended a thread
         * @return this
         */
        public Builder fatalError(Throwable value) {
            fatalError = Objects.requireNonNull(value, "fatalError");
            return this;
        }

        /**
         * Sets {@link RegistryHealth#listening()}.
         *
         * @param value the addresses, none by default
         * @return this
         */
        public Builder listening(Collection<InetSocketAddress> value) {
            listening = List.copyOf(value);
            return this;
        }

        /**
         * Makes the value.
         *
         * @return the value
         */
        public RegistryHealth build() {
            return new RegistryHealth(this);
        }
    }
}
