package io.wgsd.server;

import io.wgsd.spi.WireGuardException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts readings of the device; written by the thread that reads, read by any. */
final class ReadingTally {

    private final LongAdder all = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile @Nullable WireGuardException lastError;
    private volatile boolean failing;
    private volatile long attemptedAt;

    /**
     * Begins to count.
     *
     * @param nanos the monotonic clock's time
     */
    ReadingTally(long nanos) {
        attemptedAt = nanos;
    }

    void succeeded(long nanos) {
        all.increment();
        failing = false;
        attemptedAt = nanos;
    }

    void failed(WireGuardException error, long nanos) {
        all.increment();
        failed.increment();
        lastError = error;
        failing = true;
        attemptedAt = nanos;
    }

    long all() {
        return all.sum();
    }

    long failed() {
        return failed.sum();
    }

    /** Returns why the last reading that failed did; null where none has. */
    @Nullable
    WireGuardException lastError() {
        return lastError;
    }

    /** Returns whether the latest reading failed. */
    boolean isFailing() {
        return failing;
    }

    /** Returns when the latest reading ended, by the monotonic clock. */
    long attemptedAt() {
        return attemptedAt;
    }
}
