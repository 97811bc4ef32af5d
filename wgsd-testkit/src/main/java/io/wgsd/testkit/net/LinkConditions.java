package io.wgsd.testkit.net;

import io.wgsd.testkit.net.random.Randomness;
import java.time.Duration;

/**
 * What happens to datagrams on a link, in one direction, in the terms of tc-netem(8).
 *
 * <p>Immutable and thread-safe.
 */
public final class LinkConditions {

    private static final LinkConditions IDEAL = builder().build();

    private final Duration delay;
    private final Duration jitter;
    private final double loss;
    private final double duplication;
    private final long delayNanos;
    private final long jitterNanos;

    private LinkConditions(Builder builder) {
        delay = builder.delay;
        jitter = builder.jitter;
        loss = builder.loss;
        duplication = builder.duplication;
        delayNanos = delay.toNanos();
        jitterNanos = jitter.toNanos();
    }

    /**
     * Returns the conditions of a perfect link.
     *
     * @return no delay, no jitter, no loss, no duplication
     */
    public static LinkConditions ideal() {
        return IDEAL;
    }

    /**
     * Begins with a perfect link.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the conditions of a link that only takes time.
     *
     * @param oneWay how long a datagram is on its way, zero or more
     * @return the conditions
     */
    public static LinkConditions delay(Duration oneWay) {
        return builder().delay(oneWay).build();
    }

    /**
     * Returns the least time that a datagram takes.
     *
     * @return the one-way delay
     */
    public Duration delay() {
        return delay;
    }

    /**
     * Returns how much longer a datagram may take.
     *
     * @return the width of the uniform distribution that is added to the delay
     */
    public Duration jitter() {
        return jitter;
    }

    /**
     * Returns how probable it is that a datagram is lost.
     *
     * @return 0 to 1
     */
    public double loss() {
        return loss;
    }

    /**
     * Returns how probable it is that a datagram that is not lost arrives twice.
     *
     * @return 0 to 1
     */
    public double duplication() {
        return duplication;
    }

    boolean isIdeal() {
        return delayNanos == 0 && jitterNanos == 0 && loss == 0 && duplication == 0;
    }

    long nextDelayNanos(Randomness random) {
        return jitterNanos == 0 ? delayNanos : delayNanos + random.below(jitterNanos + 1);
    }

    @Override
    public String toString() {
        return "LinkConditions[delay=" + delay + ", jitter=" + jitter + ", loss=" + loss + ", duplication="
                + duplication + "]";
    }

    /** Collects the conditions; not thread-safe. */
    public static final class Builder {

        private Duration delay = Duration.ZERO;
        private Duration jitter = Duration.ZERO;
        private double loss;
        private double duplication;

        private Builder() {}

        /**
         * Sets the one-way delay.
         *
         * @param value zero or more
         * @return this
         */
        public Builder delay(Duration value) {
            delay = checkDuration("delay", value);
            return this;
        }

        /**
         * Sets by how much a datagram may be later than the delay; with more of it than there is time between two
         * datagrams, the second may overtake the first.
         *
         * @param value zero or more; each datagram is late by a uniformly random part of it
         * @return this
         */
        public Builder jitter(Duration value) {
            jitter = checkDuration("jitter", value);
            return this;
        }

        /**
         * Sets how probable it is that a datagram is lost.
         *
         * @param probability 0 to 1
         * @return this
         */
        public Builder loss(double probability) {
            loss = checkProbability("loss", probability);
            return this;
        }

        /**
         * Sets how probable it is that a datagram that is not lost arrives twice.
         *
         * @param probability 0 to 1
         * @return this
         */
        public Builder duplication(double probability) {
            duplication = checkProbability("duplication", probability);
            return this;
        }

        /**
         * Returns the conditions.
         *
         * @return a new value
         */
        public LinkConditions build() {
            return new LinkConditions(this);
        }

        private static Duration checkDuration(String what, Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(what + " must be zero or more, was " + value);
            }
            return value;
        }

        private static double checkProbability(String what, double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(what + " must be 0..1, was " + value);
            }
            return value;
        }
    }
}
