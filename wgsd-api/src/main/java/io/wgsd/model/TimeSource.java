package io.wgsd.model;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Reads the wall clock and a monotonic clock together, so that one virtual clock can drive everything that depends on
 * time.
 *
 * <p>It is an {@link InstantSource} too, for what needs the wall clock only. Implementations are thread-safe and do not
 * block.
 */
@FunctionalInterface
public interface TimeSource extends InstantSource {

    /**
     * Returns the system's clocks.
     *
     * @return a source that reads {@link Instant#now()} and {@link System#nanoTime()}
     */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /**
     * Reads both clocks.
     *
     * @return this moment
     */
    Moment now();

    /**
     * Reads the monotonic clock alone; {@code clock::nanos} is a ticker.
     *
     * @return its time in nanoseconds, as in {@link Moment#nanos}
     */
    default long nanos() {
        return now().nanos();
    }

    /** Reads the wall clock alone. */
    @Override
    default Instant instant() {
        return now().wall();
    }
}
