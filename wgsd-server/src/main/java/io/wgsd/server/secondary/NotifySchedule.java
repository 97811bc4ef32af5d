package io.wgsd.server.secondary;

import io.wgsd.dnssd.Serials;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * When a secondary is notified of the zone: at once, then less and less often until it has asked for the serial.
 *
 * <p>A response to NOTIFY shows only that it was heard, so it counts for nothing here. Not thread-safe.
 */
final class NotifySchedule {

    private static final long FIRST_PAUSE = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(60).toNanos();

    /** After so many unsuccessful attempts the secondary is considered away, and a new zone is no reason to hurry. */
    private static final int HOPEFUL_ATTEMPTS = 6;

    private @Nullable Long wanted;
    private long dueAt;
    private int attempts;

    /**
     * Takes note of a new zone.
     *
     * @param serial its serial
     * @param now the monotonic clock's time, in nanoseconds
     */
    void published(long serial, long now) {
        if (wanted == null || attempts < HOPEFUL_ATTEMPTS) {
            attempts = 0;
            dueAt = now;
        }
        wanted = serial;
    }

    /**
     * Takes note that the secondary has got a serial as the answer to its own query.
     *
     * @param serial the serial
     */
    void seen(long serial) {
        if (wanted != null && !Serials.isGreater(wanted, serial)) {
            wanted = null;
            attempts = 0;
        }
    }

    /**
     * Returns when to notify next.
     *
     * @return the monotonic clock's time, in nanoseconds; empty where the secondary knows
     */
    OptionalLong dueAt() {
        return wanted == null ? OptionalLong.empty() : OptionalLong.of(dueAt);
    }

    /**
     * Takes note of an attempt to notify.
     *
     * @param now the monotonic clock's time, in nanoseconds
     */
    void attempted(long now) {
        dueAt = now + Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(attempts, 16));
        attempts++;
    }
}
