package io.wgsd.server.answer.access;

import io.wgsd.internal.Rate;
import io.wgsd.model.IpAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Limits what is sent to addresses that did not prove to be the client's own, so that nobody can have a flood of
 * answers sent to somebody else: response rate limiting, as BIND, Knot and NSD have it.
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

    private final @Nullable Rate rate;
    /** A token bucket for each network, as {@link Rate} has them. */
    private final AtomicLongArray buckets;

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
        rate = responsesPerSecond == 0 ? null : new Rate(responsesPerSecond, (long) BURST_SECONDS * responsesPerSecond);
        buckets = rate == null ? new AtomicLongArray(0) : full(rate);
        hash = new SipHash(random.nextLong(), random.nextLong());
    }

    private static AtomicLongArray full(Rate rate) {
        long[] buckets = new long[BUCKETS];
        Arrays.fill(buckets, rate.full());
        return new AtomicLongArray(buckets);
    }

    public boolean isOn() {
        return rate != null;
    }

    /** Counts a response, and decides on it; every other one that is too much is cut, and the rest dropped. */
    public Verdict judge(IpAddress client) {
        Rate limit = rate;
        if (limit == null) {
            return Verdict.SEND;
        }
        long now = nanoClock.getAsLong() - origin;
        int bucket = (int) hash.hash(network(client)) & (BUCKETS - 1);
        long before = buckets.getAndUpdate(bucket, time -> limit.permits(time, now) ? limit.after(time, now, 1) : time);
        return limit.permits(before, now)
                ? Verdict.SEND
                : limited.incrementAndGet() % 2 == 0 ? Verdict.CUT : Verdict.DROP;
    }

    private static byte[] network(IpAddress client) {
        byte[] bytes = client.toBytes();
        int kept = client.isIpv6() ? 7 : 3;
        return Arrays.copyOf(bytes, kept);
    }
}
