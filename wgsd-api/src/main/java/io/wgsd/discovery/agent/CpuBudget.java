package io.wgsd.discovery.agent;

import io.wgsd.internal.Durations;
import java.time.Duration;

/**
 * Keeps an agent from using much of a processor, no matter how many peers there are: after using more than its share it
 * waits.
 *
 * <p>Not thread-safe.
 */
final class CpuBudget {

    /** Half of one hundredth of a core in the long run. */
    private static final int SHARE = 200;

    private static final long SAVINGS = Duration.ofSeconds(3).toNanos();

    /** A dead session has to be noticed within 20 s, of which 15 are WireGuard's own, and that takes two readings. */
    private static final Duration LONGEST = Duration.ofMillis(2_400);

    private long saved = SAVINGS;
    private long last;
    private boolean started;

    /** Returns how long to wait at least after something that began and ended at these times, in nanoseconds. */
    Duration pause(long began, long ended) {
        if (started) {
            saved = Math.min(SAVINGS, saved + (began - last) / SHARE);
        }
        started = true;
        last = began;
        saved = Math.max(saved - (ended - began), -LONGEST.toNanos() / SHARE);
        return saved >= 0 ? Duration.ZERO : Durations.min(LONGEST, Duration.ofNanos(-saved * SHARE));
    }
}
