package io.wgsd.internal;

/**
 * How fast a token bucket fills, and how much it holds. Immutable and thread-safe.
 *
 * <p>A bucket is one number, which is the time at which it is full again (the generic cell rate algorithm, ITU-T
 * I.371), so that a table of buckets is an array.
 *
 * @param perSecond how many tokens come in a second, 1 at least
 * @param burst how many it holds, 1 at least
 */
public record Rate(long perSecond, long burst) {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** Fractions of a nanosecond, for gigabytes a second; so the nanoseconds of 36 years can still be counted. */
    private static final int SHIFT = 3;

    /** Refuses what is not positive. */
    public Rate {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "a rate and its burst must be 1 or more, were " + perSecond + " and " + burst);
        }
    }

    /** Returns the time of a bucket that was full at the start. */
    public long full() {
        return -spanOf(burst);
    }

    /** Returns whether a bucket has a token at a time, in nanoseconds since the start. */
    public boolean permits(long time, long now) {
        return time <= now << SHIFT;
    }

    /** Returns what becomes of a bucket from which tokens are taken at a time, in nanoseconds since the start. */
    public long after(long time, long now, long tokens) {
        return Math.max(time, (now << SHIFT) - spanOf(burst - 1)) + spanOf(tokens);
    }

    private long spanOf(long tokens) {
        return Math.multiplyExact(tokens, NANOS_PER_SECOND << SHIFT) / perSecond;
    }
}
