package io.wgsd.testkit.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits in a test for what comes true by itself: in another thread, in another process, or in the kernel.
 *
 * <p>The condition is checked at once, and then again every few milliseconds, by the thread that waits. Where time is
 * virtual, use {@link io.wgsd.testkit.net.Timeline#runUntil} instead.
 */
public final class Await {

    /** How long anything that should happen soon may take on a slow and busy machine: 20 seconds. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private static final long FIRST_PAUSE_NANOS = 100_000;
    private static final long LONGEST_PAUSE_NANOS = 10_000_000;

    private Await() {}

    /**
     * Something that is not true yet.
     *
     * @param <E> what checking it may throw
     */
    @FunctionalInterface
    public interface Condition<E extends Exception> {

        /**
         * Checks the condition.
         *
         * @return whether it is true now
         * @throws E if it cannot be checked, which ends the waiting
         */
        boolean isTrue() throws E;
    }

    /**
     * Waits until a condition is true, for at most {@link #LIMIT}.
     *
     * @param what what should become true, for the failure's message, as in {@code "a handshake with bob"}
     * @param condition what is waited for
     * @param <E> what checking it may throw
     * @throws E if it cannot be checked
     * @throws AssertionError if it is not true in time
     */
    public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
        until(what, LIMIT, condition);
    }

    /**
     * Waits until a condition is true.
     *
     * @param what what should become true, for the failure's message, as in {@code "a handshake with bob"}
     * @param limit how long to wait at most
     * @param condition what is waited for
     * @param <E> what checking it may throw
     * @throws E if it cannot be checked
     * @throws AssertionError if it is not true in time
     */
    public static <E extends Exception> void until(String what, Duration limit, Condition<E> condition) throws E {
        if (!becomesTrue(limit, condition)) {
            throw new AssertionError("waited " + limit.toMillis() + " ms without success for " + what);
        }
    }

    /**
     * Waits until a condition is true, and tells whether it is.
     *
     * @param limit how long to wait at most
     * @param condition what is waited for
     * @param <E> what checking it may throw
     * @return whether it is true
     * @throws E if it cannot be checked
     */
    public static <E extends Exception> boolean becomesTrue(Duration limit, Condition<E> condition) throws E {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        while (!condition.isTrue()) {
            if (System.nanoTime() - start >= limit.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
        return true;
    }
}
