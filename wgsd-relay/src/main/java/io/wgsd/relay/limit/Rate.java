package io.wgsd.relay.limit;

/**
 * How fast a bucket fills, and how much it holds. Immutable and thread-safe.
 *
 * @param perSecond how many tokens come in a second, 1 at least
 * @param burst how many it holds, 1 at least
 */
public record Rate(long perSecond, long burst) {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** Fractions of a nanosecond, so that a billion tokens a second and more are told apart. */
    private static final int SHIFT = 8;

    /** Refuses what is not positive. */
    public Rate {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "a rate and its burst must be 1 or more, were " + perSecond + " and " + burst);
        }
    }

    /** Returns the time of a bucket that was full at the start. */
    long full() {
        return -spanOf(burst);
    }

    boolean permits(long time, long now) {
        return time <= now << SHIFT;
    }

    long after(long time, long now, long tokens) {
        return Math.max(time, (now << SHIFT) - spanOf(burst - 1)) + spanOf(tokens);
    }

    private long spanOf(long tokens) {
        return Math.multiplyExact(tokens, (NANOS_PER_SECOND << SHIFT) / perSecond);
    }
}
