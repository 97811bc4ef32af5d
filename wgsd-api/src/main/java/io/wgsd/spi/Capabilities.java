package io.wgsd.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * In what backends differ. Immutable and thread-safe.
 *
 * <p>What is not named here is the same everywhere. A backend that emulates something documents how, race included.
 */
public final class Capabilities {

    private static final Capabilities NONE = new Builder().build();

    private final boolean atomicUpdateOnly;
    private final boolean atomicRestart;
    private final boolean singlePrefixRemoval;
    private final boolean consistentSnapshot;
    private final Duration handshakePrecision;

    private Capabilities(Builder builder) {
        atomicUpdateOnly = builder.atomicUpdateOnly;
        atomicRestart = builder.atomicRestart;
        singlePrefixRemoval = builder.singlePrefixRemoval;
        consistentSnapshot = builder.consistentSnapshot;
        handshakePrecision = builder.handshakePrecision;
    }

    /**
     * Returns the least that every backend can do: update-only and removal of single prefixes are emulated, restart is
     * unsupported, handshakes are known to the second.
     *
     * @return the capabilities of a backend with none
     */
    public static Capabilities none() {
        return NONE;
    }

    /**
     * Begins with what {@link #none()} has.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns whether a peer that is removed just before an update-only change is never added by it.
     *
     * @return false where it is emulated by reading before writing
     */
    public boolean atomicUpdateOnly() {
        return atomicUpdateOnly;
    }

    /**
     * Returns whether a peer can be removed and added again in one transaction.
     *
     * @return false where {@code restart()} is refused
     */
    public boolean atomicRestart() {
        return atomicRestart;
    }

    /**
     * Returns whether one allowed IP can be removed without touching the others.
     *
     * @return false where it is emulated by replacing all of them
     */
    public boolean singlePrefixRemoval() {
        return singlePrefixRemoval;
    }

    /**
     * Returns whether what is read was all true at one instant.
     *
     * @return false where a change in the middle of reading can show in part
     */
    public boolean consistentSnapshot() {
        return consistentSnapshot;
    }

    /**
     * Returns how fine the time of a handshake is.
     *
     * @return one nanosecond or one second
     */
    public Duration handshakePrecision() {
        return handshakePrecision;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Capabilities that
                && atomicUpdateOnly == that.atomicUpdateOnly
                && atomicRestart == that.atomicRestart
                && singlePrefixRemoval == that.singlePrefixRemoval
                && consistentSnapshot == that.consistentSnapshot
                && handshakePrecision.equals(that.handshakePrecision);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                atomicUpdateOnly, atomicRestart, singlePrefixRemoval, consistentSnapshot, handshakePrecision);
    }

    @Override
    public String toString() {
        return "Capabilities[atomicUpdateOnly=" + atomicUpdateOnly + ", atomicRestart=" + atomicRestart
                + ", singlePrefixRemoval=" + singlePrefixRemoval + ", consistentSnapshot=" + consistentSnapshot
                + ", handshakePrecision=" + handshakePrecision + "]";
    }

    /** Collects capabilities; not thread-safe. */
    public static final class Builder {

        private boolean atomicUpdateOnly;
        private boolean atomicRestart;
        private boolean singlePrefixRemoval;
        private boolean consistentSnapshot;
        private Duration handshakePrecision = Duration.ofSeconds(1);

        private Builder() {}

        /**
         * Sets whether update-only is the WireGuard's own.
         *
         * @param value whether it is
         * @return this
         */
        public Builder atomicUpdateOnly(boolean value) {
            atomicUpdateOnly = value;
            return this;
        }

        /**
         * Sets whether a peer can be restarted in one transaction.
         *
         * @param value whether it can
         * @return this
         */
        public Builder atomicRestart(boolean value) {
            atomicRestart = value;
            return this;
        }

        /**
         * Sets whether single prefixes can be removed.
         *
         * @param value whether they can
         * @return this
         */
        public Builder singlePrefixRemoval(boolean value) {
            singlePrefixRemoval = value;
            return this;
        }

        /**
         * Sets whether readings are consistent.
         *
         * @param value whether they are
         * @return this
         */
        public Builder consistentSnapshot(boolean value) {
            consistentSnapshot = value;
            return this;
        }

        /**
         * Sets how fine the time of a handshake is.
         *
         * @param value more than zero
         * @return this
         * @throws IllegalArgumentException if the value is not more than zero
         */
        public Builder handshakePrecision(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("handshake precision must be more than zero, was " + value);
            }
            handshakePrecision = value;
            return this;
        }

        /**
         * Returns the capabilities.
         *
         * @return a new value
         */
        public Capabilities build() {
            return new Capabilities(this);
        }
    }
}
