package io.wgsd.testkit.contract;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition that comes true by itself, and gives up in the end. */
final class Patience {

    /** How long anything that should happen soon may take on a slow and busy machine. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private Patience() {}

    /** Asks again and again; returns whether it came true in time. */
    static boolean until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }
}
