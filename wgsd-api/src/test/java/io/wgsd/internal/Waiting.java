package io.wgsd.internal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what another thread does. This module's tests cannot use the test kit's {@code Await}, which depends on it.
 */
public final class Waiting {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private Waiting() {}

    /** Waits until a condition is true, which is checked every millisecond. */
    public static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("the condition was not true within " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Waits until a thread itself waits for something, without a time limit. */
    public static void untilItWaits(Thread thread) {
        until(() -> thread.getState() == Thread.State.WAITING);
    }
}
