package io.wgsd.micrometer.families;

import java.time.Duration;
import java.time.Instant;

/** Times as numbers of seconds, the base unit of time. */
final class Seconds {

    private static final double MILLIS = 1000;

    private Seconds() {}

    static double of(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    /** Returns the seconds since 1970-01-01T00:00:00Z. */
    static double of(Instant instant) {
        return instant.toEpochMilli() / MILLIS;
    }
}
