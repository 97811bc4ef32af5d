package io.wgsd.model;

import java.time.Duration;
import java.time.Instant;

/**
 * One time on two clocks: the wall clock, by which WireGuard stamps handshakes, and a monotonic one, by which ages grow
 * even if the wall clock is set.
 *
 * <p>A {@link TimeSource} reads both.
 *
 * @param wall the wall clock's time
 * @param nanos the monotonic clock's, as {@link System#nanoTime()} has it
 */
public record Moment(Instant wall, long nanos) {

    private static final Duration DRIFT = Duration.ofSeconds(2);

    /**
     * Returns how much later this is by the monotonic clock.
     *
     * @param earlier another moment of the same process
     * @return the time between them; zero where the other is not earlier
     */
    public Duration since(Moment earlier) {
        return Duration.ofNanos(Math.max(0, nanos - earlier.nanos));
    }

    /**
     * Returns when this was by the wall clock as it is at another moment: the time that has passed is measured by the
     * monotonic clock, even if the wall clock was set meanwhile.
     *
     * @param now a later moment of the same process
     * @return this moment's time, unless the two clocks have come apart by two seconds or more
     */
    public Instant wallAsOf(Moment now) {
        Instant then = now.wall.minus(now.since(this));
        // The two clocks run apart a little all the time, and a time that is reported twice should be the same.
        return Duration.between(wall, then).abs().compareTo(DRIFT) < 0 ? wall : then;
    }

    /**
     * Returns a later moment, by both clocks.
     *
     * @param later how much later
     * @return the moment
     */
    public Moment plus(Duration later) {
        return new Moment(wall.plus(later), nanos + later.toNanos());
    }

    /**
     * Returns how long it is until another moment, by the monotonic clock.
     *
     * @param later the other moment
     * @return the time between them; zero where that has come
     */
    public Duration until(Moment later) {
        return later.since(this);
    }

    /**
     * Returns whether this is later than another moment, by the monotonic clock.
     *
     * @param other the other moment
     * @return false where both are the same
     */
    public boolean isAfter(Moment other) {
        return nanos - other.nanos > 0;
    }

    /**
     * Returns whether this is not later than another moment, by the monotonic clock.
     *
     * @param now the other moment
     * @return true where both are the same
     */
    public boolean hasCome(Moment now) {
        return now.nanos - nanos >= 0;
    }
}
