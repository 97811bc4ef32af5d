package io.wgsd.spi;

import java.time.Duration;

/**
 * How long to wait between two readings, so that they take a tenth of a processor at most: nine times what the latest
 * ones took on average, within limits.
 *
 * <p>An average, so that one reading that brings very much does not keep the next from coming soon. Not thread-safe.
 */
final class PollInterval {

    private static final int PAUSE_PER_COST = 9;
    private static final int REMEMBERED = 16;

    private final Duration shortest;
    private final Duration longest;
    /** What the latest readings took, as if those before the first had taken nothing. */
    private final long[] costs = new long[REMEMBERED];

    private int oldest;
    private long sum;

    /**
     * Makes an interval.
     *
     * @param shortest how long each pause is at least
     * @param longest how long it is at most; where that is less, all are as long as the shortest
     */
    PollInterval(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest.compareTo(shortest) < 0 ? shortest : longest;
    }

    /** Returns the pause after a reading that took so long, with all that was done about it. */
    Duration after(long costNanos) {
        sum += costNanos - costs[oldest];
        costs[oldest] = costNanos;
        oldest = (oldest + 1) % REMEMBERED;
        Duration pause = Duration.ofNanos(sum / REMEMBERED * PAUSE_PER_COST);
        if (pause.compareTo(shortest) < 0) {
            return shortest;
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
