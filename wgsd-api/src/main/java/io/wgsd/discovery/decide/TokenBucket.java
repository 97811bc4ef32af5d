package io.wgsd.discovery.decide;

import io.wgsd.model.Moment;
import java.time.Duration;

/**
 * Limits how much may be done: some number at once, and after that at some rate. Immutable and thread-safe.
 *
 * @param tokens how many were left at that time
 * @param nanos that time, by the monotonic clock
 */
record TokenBucket(double tokens, long nanos) {

    /**
     * A bucket's capacity, and how fast it fills.
     *
     * @param most how many it holds
     * @param each the time for one more token token
     */
    record Size(int most, Duration each) {
        TokenBucket full(Moment at) {
            return new TokenBucket(most, at.nanos());
        }
    }

    /** Returns the bucket as it is later. */
    TokenBucket at(Moment at, Size size) {
        double more = (double) Math.max(0, at.nanos() - nanos) / size.each().toNanos();
        return new TokenBucket(Math.min(size.most(), tokens + more), at.nanos());
    }

    boolean hasOne() {
        return tokens >= 1;
    }

    TokenBucket take() {
        return new TokenBucket(tokens - 1, nanos);
    }

    TokenBucket put(Size size) {
        return new TokenBucket(Math.min(size.most(), tokens + 1), nanos);
    }

    /** Returns how long it takes until there is one. */
    Duration wait(Size size) {
        return wait(size, 1);
    }

    /** Returns how long it takes until there are that many. */
    Duration wait(Size size, int wanted) {
        return tokens >= wanted
                ? Duration.ZERO
                : Duration.ofNanos((long) ((wanted - tokens) * size.each().toNanos()) + 1);
    }
}
