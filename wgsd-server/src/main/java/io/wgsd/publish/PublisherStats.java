package io.wgsd.publish;

import io.wgsd.internal.Counts;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a publisher has done since it was started. Immutable and thread-safe. */
public final class PublisherStats {

    private final long attempts;
    private final long failedAttempts;
    private final long peersWritten;
    private final @Nullable PublishException lastError;
    private final @Nullable Duration successAge;

    private PublisherStats(Builder builder) {
        attempts = builder.attempts;
        failedAttempts = builder.failedAttempts;
        peersWritten = builder.peersWritten;
        lastError = builder.lastError;
        successAge = builder.successAge;
    }

    /**
     * Begins a value, as for a test of what shows it.
     *
     * @return a builder of statistics that count nothing
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns how often the primary was brought up to date, or was found to be.
     *
     * @return the attempts, failed ones among them
     */
    public long attempts() {
        return attempts;
    }

    /**
     * Returns how often that failed.
     *
     * @return the attempts after which {@link Publisher.Listener#failed} was called
     */
    public long failedAttempts() {
        return failedAttempts;
    }

    /**
     * Returns how many peers were written or taken away.
     *
     * @return the sum over all attempts; a peer that changes twice counts twice
     */
    public long peersWritten() {
        return peersWritten;
    }

    /**
     * Returns why the last attempt that failed did.
     *
     * @return the error; empty if none has failed
     */
    public Optional<PublishException> lastError() {
        return Optional.ofNullable(lastError);
    }

    /**
     * Returns how long ago the primary last had what it was to have.
     *
     * @return the age; empty before the first attempt that succeeded
     */
    public Optional<Duration> successAge() {
        return Optional.ofNullable(successAge);
    }

    @Override
    public String toString() {
        return "PublisherStats[attempts=" + attempts + ", failedAttempts=" + failedAttempts + ", peersWritten="
                + peersWritten + ", lastError=" + (lastError == null ? "none" : lastError.getMessage())
                + ", successAge=" + (successAge == null ? "none" : successAge) + "]";
    }

    /** Collects statistics, all 0 or empty at first; not thread-safe. */
    public static final class Builder {

        private long attempts;
        private long failedAttempts;
        private long peersWritten;
        private @Nullable PublishException lastError;
        private @Nullable Duration successAge;

        private Builder() {}

        /**
         * Sets {@link PublisherStats#attempts()}.
         *
         * @param value 0 or more; 0 by default
         * @return this
         */
        public Builder attempts(long value) {
            attempts = Counts.check("attempts", value);
            return this;
        }

        /**
         * Sets {@link PublisherStats#failedAttempts()}.
         *
         * @param value 0 or more; 0 by default
         * @return this
         */
        public Builder failedAttempts(long value) {
            failedAttempts = Counts.check("failedAttempts", value);
            return this;
        }

        /**
         * Sets {@link PublisherStats#peersWritten()}.
         *
         * @param value 0 or more; 0 by default
         * @return this
         */
        public Builder peersWritten(long value) {
            peersWritten = Counts.check("peersWritten", value);
            return this;
        }

        /**
         * Sets {@link PublisherStats#lastError()}.
         *
         * @param value none by default
         * @return this
         */
        public Builder lastError(PublishException value) {
            lastError = Objects.requireNonNull(value, "lastError");
            return this;
        }

        /**
         * Sets {@link PublisherStats#successAge()}.
         *
         * @param value none by default
         * @return this
         */
        public Builder successAge(Duration value) {
            successAge = Objects.requireNonNull(value, "successAge");
            return this;
        }

        /**
         * Makes the value.
         *
         * @return the value
         */
        public PublisherStats build() {
            return new PublisherStats(this);
        }
    }
}
