package io.wgsd.testkit.net;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/** Milliseconds that were measured in as many trials, each with its own seed. */
final class Sample {

    private final long[] sorted;

    private Sample(long[] sorted) {
        this.sorted = sorted;
    }

    static Sample of(int trials, LongUnaryOperator trial) {
        return new Sample(LongStream.rangeClosed(1, trials).map(trial).sorted().toArray());
    }

    long min() {
        return sorted[0];
    }

    long percentile(int percent) {
        return sorted[sorted.length * percent / 100];
    }

    long count(LongPredicate which) {
        return Arrays.stream(sorted).filter(which).count();
    }

    @Override
    public String toString() {
        return "min " + min() + ", p50 " + percentile(50) + ", p90 " + percentile(90) + ", max "
                + sorted[sorted.length - 1];
    }
}
