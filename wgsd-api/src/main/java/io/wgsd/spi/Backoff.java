package io.wgsd.spi;

import java.time.Duration;

/** How long to wait before the next attempt: the usual interval, doubled with each failure in a row up to a limit. */
final class Backoff {

    private final Duration interval;
    private final Duration limit;

    Backoff(Duration interval, Duration limit) {
        this.interval = interval;
        this.limit = limit.compareTo(interval) < 0 ? interval : limit;
    }

    Duration after(int failuresInARow) {
        Duration delay = interval;
        for (int i = 0; i < failuresInARow && delay.compareTo(limit) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(limit) < 0 ? delay : limit;
    }
}
