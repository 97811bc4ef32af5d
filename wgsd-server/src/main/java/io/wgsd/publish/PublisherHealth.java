package io.wgsd.publish;

import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a publisher is at one moment: whether the primary is up to date, and whether a restart would help.
 * Immutable and thread-safe.
 */
public final class PublisherHealth {

    private final boolean published;
    private final @Nullable PublishException error;
    private final @Nullable Instant failingSince;
    private final Set<PublicKey> passedOver;
    private final @Nullable Throwable fatalError;

    private PublisherHealth(Builder builder) {
        published = builder.published;
        error = builder.error;
        failingSince = builder.failingSince;
        passedOver = builder.passedOver;
        fatalError = builder.fatalError;
    }

    /**
     * Begins a value, as for a test of what shows it.
     *
     * @return a builder of a publisher that has published nothing yet
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns whether the primary was up to date after the latest attempt.
     *
     * @return false before the first attempt, and after one that failed
     */
    public boolean isPublished() {
        return published;
    }

    /**
     * Returns why the latest attempt failed.
     *
     * @return the error; empty where it succeeded, and before the first one
     */
    public Optional<PublishException> error() {
        return Optional.ofNullable(error);
    }

    /**
     * Returns since when attempts fail.
     *
     * @return the time of the first one by the publisher's clock; empty while they succeed
     */
    public Optional<Instant> failingSince() {
        return Optional.ofNullable(failingSince);
    }

    /**
     * Returns which peers are not published, because somebody else has entered them in the zone.
     *
     * @return their keys
     */
    public Set<PublicKey> passedOver() {
        return passedOver;
    }

    /**
     * Returns what has ended the publisher's thread, so that nothing is published any more.
     *
     * @return the error; empty while it runs
     */
    public Optional<Throwable> fatalError() {
        return Optional.ofNullable(fatalError);
    }

    /**
     * Returns whether another publisher in place of this one would probably do better.
     *
     * @return true where its thread has ended; false where the primary refuses or is away, because a restart does not
     *     change that
     */
    public boolean wouldRestartHelp() {
        return fatalError != null;
    }

    @Override
    public String toString() {
        return "PublisherHealth[published=" + published + ", error=" + (error == null ? "none" : error.getMessage())
                + ", failingSince=" + (failingSince == null ? "none" : failingSince) + ", passedOver=" + passedOver
                + ", fatalError=" + (fatalError == null ? "none" : fatalError) + "]";
    }

    /** Collects how a publisher is; not thread-safe. */
    public static final class Builder {

        private boolean published;
        private @Nullable PublishException error;
        private @Nullable Instant failingSince;
        private Set<PublicKey> passedOver = Set.of();
        private @Nullable Throwable fatalError;

        private Builder() {}

        /**
         * Sets {@link PublisherHealth#isPublished()}.
         *
         * @param value false by default
         * @return this
         */
        public Builder published(boolean value) {
            published = value;
            return this;
        }

        /**
         * Sets {@link PublisherHealth#error()}.
         *
         * @param value none by default
         * @return this
         */
        public Builder error(PublishException value) {
            error = Objects.requireNonNull(value, "error");
            return this;
        }

        /**
         * Sets {@link PublisherHealth#failingSince()}.
         *
         * @param value none by default
         * @return this
         */
        public Builder failingSince(Instant value) {
            failingSince = Objects.requireNonNull(value, "failingSince");
            return this;
        }

        /**
         * Sets {@link PublisherHealth#passedOver()}.
         *
         * @param value none by default
         * @return this
         */
        public Builder passedOver(Collection<PublicKey> value) {
            passedOver = Set.copyOf(value);
            return this;
        }

        /**
         * Sets {@link PublisherHealth#fatalError()}.
         *
         * @param value none by default
         * @return this
         */
        public Builder fatalError(Throwable value) {
            fatalError = Objects.requireNonNull(value, "fatalError");
            return this;
        }

        /**
         * Makes the value.
         *
         * @return the value
         */
        public PublisherHealth build() {
            return new PublisherHealth(this);
        }
    }
}
