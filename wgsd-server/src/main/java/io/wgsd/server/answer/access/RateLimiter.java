package io.wgsd.server.answer.access;

import io.wgsd.model.IpAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Limits what is sent to addresses that did not prove to be the asker's own, so that nobody can have a flood of answers
 * sent to somebody else: response rate limiting, as BIND, Knot and NSD have it.
 *
 * <p>All addresses of a /24 or a /56 share one allowance, since a victim is a network. It is kept in a table of fixed
 * size under a keyed hash; two networks that meet there share theirs, and whom they are cannot be foreseen.
 * Thread-safe.
 */
public final class RateLimiter {

    /** What becomes of a response. */
    public enum Verdict {
        /** It is sent. */
        SEND,
        /** It is sent without its content: a real client asks again by TCP or with a cookie. */
        CUT,
        /** It is not sent. */
        DROP
    }

    private static final int BUCKETS = 1 << 16;
    /** An agent asks for all its peers at once; so many may go ahead of the allowance. */
    private static final int BURST_SECONDS = 2;

    private final @Nullable AtomicLongArray readyAt;
    private final long interval;
    private final LongSupplier nanoClock;
    private final long origin;
    private final SipHash hash;
    private final AtomicInteger limited = new AtomicInteger();

    /**
     * Makes a limiter.
     *
     * @param responsesPerSecond for each network, more than 0; or 0 for no limit
     * @param nanoClock the monotonic clock
     * @param random what the hash's key is taken from, unpredictable
     */
    public RateLimiter(int responsesPerSecond, LongSupplier nanoClock, RandomGenerator random) {
        this.nanoClock = nanoClock;
        origin = nanoClock.getAsLong();
        interval = responsesPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / responsesPerSecond;
        readyAt = responsesPerSecond == 0 ? null : new AtomicLongArray(BUCKETS);
        hash = new SipHash(random.nextLong(), random.nextLong());
    }

    public boolean isOn() {
        return readyAt != null;
    }

    /** Counts a response, and decides on it; every other one that is too much is cut, and the rest dropped. */
    public Verdict judge(IpAddress client) {
        AtomicLongArray table = readyAt;
        if (table == null) {
            return Verdict.SEND;
        }
        long now = nanoClock.getAsLong() - origin;
        int bucket = (int) hash.hash(network(client)) & (BUCKETS - 1);
        // The generic cell rate algorithm (ITU-T I.371): one number for each bucket, the time when all will be paid
        // for.
        long until = table.getAndUpdate(bucket, before -> next(before, now));
        return next(until, now) != until
                ? Verdict.SEND
                : limited.incrementAndGet() % 2 == 0 ? Verdict.CUT : Verdict.DROP;
    }

    private long next(long before, long now) {
        long next = Math.max(before, now) + interval;
        return next - now <= TimeUnit.SECONDS.toNanos(BURST_SECONDS) ? next : before;
    }

    private static byte[] network(IpAddress client) {
        byte[] bytes = client.toBytes();
        int kept = client.isIpv6() ? 7 : 3;
        return Arrays.copyOf(bytes, kept);
    }
}
