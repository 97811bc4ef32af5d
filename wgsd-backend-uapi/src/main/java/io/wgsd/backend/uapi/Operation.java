package io.wgsd.backend.uapi;

import io.wgsd.spi.CancelledException;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.TimedOutException;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** One call of a caller's: what it does and to which device, until when, and whether it is still wanted. */
final class Operation {

    private final ErrorOrigin origin;
    private final String action;
    private final Duration timeout;
    private final long deadline;
    private final LongSupplier nanoTime;
    private final BooleanSupplier closed;

    /**
     * Begins an operation now.
     *
     * @param origin where its errors come from
     * @param action what it does, as in "reading"
     * @param timeout how long it may take, at most a day
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param closed whether its source has been closed
     */
    Operation(ErrorOrigin origin, String action, Duration timeout, LongSupplier nanoTime, BooleanSupplier closed) {
        this.origin = origin;
        this.action = action;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.closed = closed;
        deadline = nanoTime.getAsLong() + timeout.toNanos();
    }

    /** Returns a part of this operation that may take no longer than this. */
    Operation within(Duration limit) {
        return new Operation(origin, action, limit, nanoTime, closed);
    }

    ErrorOrigin origin() {
        return origin;
    }

    String action() {
        return action;
    }

    String device() {
        return origin.device().orElse("");
    }

    /** Returns where the operation may go on, and throws where it may not. */
    void check() throws WireGuardException {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(origin, action, "the thread was interrupted", null);
        }
        if (closed.getAsBoolean()) {
            throw new CancelledException(origin, action, "the source is closed", null);
        }
        if (nanoTime.getAsLong() - deadline >= 0) {
            throw new TimedOutException(origin, action, timeout);
        }
    }
}
