package io.wgsd.internal;

import java.time.Duration;

/** How long to wait before the next attempt: the usual interval, doubled with each failure in a row up to a limit. */
public final class Backoff {

    private final Duration interval;
    private final Duration limit;

    /**
     * Makes a backoff.
     *
     * @param interval what is waited without a failure
     * @param limit the longest wait; the interval where that is longer
     */
    public Backoff(Duration interval, Duration limit) {
        this.interval = interval;
        this.limit = limit.compareTo(interval) < 0 ? interval : limit;
    }

    /** Returns how long to wait after so many failures in a row: the interval after none, twice that after one. */
    public Duration after(int failuresInARow) {
        Duration delay = interval;
        for (int i = 0; i < failuresInARow && delay.compareTo(limit) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(limit) < 0 ? delay : limit;
    }
}
