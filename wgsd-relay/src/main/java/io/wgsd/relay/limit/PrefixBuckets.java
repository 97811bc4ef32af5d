package io.wgsd.relay.limit;

import io.wgsd.internal.Rate;
import java.util.Arrays;

/**
 * A token bucket for each network that sources are in, in memory that does not grow.
 *
 * <p>Networks that fall on the same bucket share it; which ones do is another matter in each process, so that nobody
 * can aim at somebody. Not thread-safe.
 */
public final class PrefixBuckets {

    /** How many buckets there are. */
    static final int SIZE = 1 << 13;

    private final Rate rate;
    private final long seed;
    private final long[] times = new long[SIZE];

    /**
     * Makes full buckets.
     *
     * @param rate how fast each fills and how much it holds
     * @param seed a random number
     */
    public PrefixBuckets(Rate rate, long seed) {
        this.rate = rate;
        this.seed = seed;
        Arrays.fill(times, rate.full());
    }

    /**
     * Takes a token of a network's.
     *
     * @param prefix the network, as a number
     * @param now the time
     * @return whether there was one
     */
    public boolean take(long prefix, long now) {
        int at = (int) (mix(prefix ^ seed) >>> 51);
        if (!rate.permits(times[at], now)) {
            return false;
        }
        times[at] = rate.after(times[at], now, 1);
        return true;
    }

    /**
     * Spreads a number over all bits (the finalizer of MurmurHash3).
     *
     * @param number any number
     * @return another number, to each its own
     */
    public static long mix(long number) {
        long mixed = (number ^ number >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
