package io.wgsd.server;

import io.wgsd.server.answer.Freshness;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How old the latest reading is, judged by whoever asks: the thread that reads may hang, or have ended.
 *
 * <p>Written by one thread, read by any.
 */
final class Recency {

    /** A reading is missed once in a while, and a client asks again sooner than this. */
    static final Duration STALE_AFTER = Duration.ofSeconds(5);

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final LongSupplier nanoClock;
    private final long staleNanos;
    private volatile long readAt;
    private volatile long expiredNanos;

    /**
     * Begins with a reading that is made now.
     *
     * @param nanoClock the monotonic clock
     * @param pause how long to wait between two readings
     * @param limit how old a reading may be to be told
     */
    Recency(LongSupplier nanoClock, Duration pause, Duration limit) {
        this.nanoClock = nanoClock;
        staleNanos = Math.max(
                STALE_AFTER.toNanos(),
                pause.multipliedBy(2).plus(Core.RETRY_AT_MOST).toNanos());
        readAt = nanoClock.getAsLong();
        limit(limit);
    }

    void limit(Duration limit) {
        expiredNanos = Math.max(staleNanos, (limit.compareTo(FOR_EVER) < 0 ? limit : FOR_EVER).toNanos());
    }

    /** Takes note that what was read a moment ago is being told from now on. */
    void renew(long nanos) {
        readAt = nanos;
    }

    Duration age() {
        return Duration.ofNanos(nanoClock.getAsLong() - readAt);
    }

    Freshness freshness() {
        long age = nanoClock.getAsLong() - readAt;
        if (age < staleNanos) {
            return Freshness.FRESH;
        }
        return age < expiredNanos ? Freshness.STALE : Freshness.EXPIRED;
    }
}
