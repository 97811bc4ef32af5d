package io.wgsd.server.zone;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How old the latest reading is. The threads that answer ask for it, because the thread that reads may hang or have
 * ended.
 *
 * <p>Written by one thread, read by any.
 */
public final class ReadingAge {

    /** A reading is missed once in a while, and a client asks again sooner than this. */
    public static final Duration STALE_AFTER = Duration.ofSeconds(5);

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final LongSupplier nanoClock;
    private final long staleNanos;
    private volatile long readAt;
    private volatile long expiredNanos;

    /**
     * Begins with a reading that is made now.
     *
     * @param nanoClock the monotonic clock
     * @param longestGap how far apart two readings are that are as they should be
     * @param limit how old a reading may be to be served
     */
    public ReadingAge(LongSupplier nanoClock, Duration longestGap, Duration limit) {
        this.nanoClock = nanoClock;
        staleNanos = Math.max(STALE_AFTER.toNanos(), longestGap.toNanos());
        readAt = nanoClock.getAsLong();
        limit(limit);
    }

    public void limit(Duration limit) {
        expiredNanos = Math.max(staleNanos, (limit.compareTo(FOR_EVER) < 0 ? limit : FOR_EVER).toNanos());
    }

    /** Takes note that a reading of that time is served from now on. */
    public void renew(long nanos) {
        readAt = nanos;
    }

    /** Returns how old a reading has to be so that what it says is stale. */
    public Duration staleAfter() {
        return Duration.ofNanos(staleNanos);
    }

    public Duration age() {
        return Duration.ofNanos(nanoClock.getAsLong() - readAt);
    }

    public Freshness freshness() {
        long age = nanoClock.getAsLong() - readAt;
        if (age < staleNanos) {
            return Freshness.FRESH;
        }
        return age < expiredNanos ? Freshness.STALE : Freshness.EXPIRED;
    }
}
