package io.wgsd.publish;

import java.time.Duration;

/** How long to wait after failures in a row: a second after the first, twice as long each time, a minute at most. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofMinutes(1);

    private Duration next = FIRST;

    Duration failed() {
        Duration now = next;
        next = next.multipliedBy(2).compareTo(LAST) < 0 ? next.multipliedBy(2) : LAST;
        return now;
    }

    void succeeded() {
        next = FIRST;
    }
}
