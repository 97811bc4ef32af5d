package io.wgsd.server.zone;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets changes through at once, but on average no more than so many a second: a bucket of tokens.
 *
 * <p>Not thread-safe.
 */
final class ChangeBudget {

    private final long nanosPerChange;
    private final long mostSaved;
    private final LongSupplier nanoClock;
    /** How many nanoseconds' worth of changes have been saved up. */
    private long saved;

    private long countedAt;

    ChangeBudget(int changesPerSecond, LongSupplier nanoClock) {
        nanosPerChange = Duration.ofSeconds(1).toNanos() / changesPerSecond;
        mostSaved = changesPerSecond * nanosPerChange;
        this.nanoClock = nanoClock;
        saved = mostSaved;
        countedAt = nanoClock.getAsLong();
    }

    /** Takes one change from the budget, if there is one. */
    boolean tryTake() {
        long now = nanoClock.getAsLong();
        saved = Math.min(mostSaved, saved + (now - countedAt));
        countedAt = now;
        if (saved < nanosPerChange) {
            return false;
        }
        saved -= nanosPerChange;
        return true;
    }
}
