package io.wgsd.spi;

import io.wgsd.model.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * One call of a {@link PeerSource}'s caller, for authors of backends: what it does and to which device, until when, and
 * whether it is still wanted.
 *
 * <p>A backend that waits does so in slices and calls {@link #check()} between them; so each call ends in time, and by
 * the exception that was promised. Thread-safe, but {@code check()} asks for the interrupt flag of the thread that
 * calls it.
 */
public final class Operation {

    private final ErrorOrigin origin;
    private final String action;
    private final Duration timeout;
    private final long deadline;
    private final TimeSource clock;
    private final BooleanSupplier closed;

    private Operation(
            ErrorOrigin origin,
            String action,
            Duration timeout,
            long deadline,
            TimeSource clock,
            BooleanSupplier closed) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.action = Objects.requireNonNull(action, "action");
        this.timeout = timeout;
        this.clock = clock;
        this.closed = closed;
        this.deadline = deadline;
    }

    /**
     * Begins an operation now, by the system's clock.
     *
     * @param origin where its errors come from
     * @param action what it does, as in "reading"
     * @param timeout how long it may take, at most a day
     * @param closed whether its source has been closed
     * @return the operation
     */
    public static Operation begin(ErrorOrigin origin, String action, Duration timeout, BooleanSupplier closed) {
        return begin(origin, action, timeout, closed, TimeSource.system());
    }

    /**
     * Begins an operation now, by a clock of the caller's.
     *
     * @param origin where its errors come from
     * @param action what it does, as in "reading"
     * @param timeout how long it may take, at most a day
     * @param closed whether its source has been closed
     * @param clock the clock, of which the monotonic reading counts
     * @return the operation
     */
    public static Operation begin(
            ErrorOrigin origin, String action, Duration timeout, BooleanSupplier closed, TimeSource clock) {
        return new Operation(origin, action, timeout, clock.now().nanos() + timeout.toNanos(), clock, closed);
    }

    /**
     * Returns a part of this operation, which may take no longer than this, and ends with the whole at the latest.
     *
     * @param limit how long the part may take, at most a day
     * @return an operation that begins now
     */
    public Operation within(Duration limit) {
        long end = clock.now().nanos() + limit.toNanos();
        return end - deadline < 0 ? new Operation(origin, action, limit, end, clock, closed) : this;
    }

    /**
     * Returns where its errors come from.
     *
     * @return the origin
     */
    public ErrorOrigin origin() {
        return origin;
    }

    /**
     * Returns what it does.
     *
     * @return as in "reading"
     */
    public String action() {
        return action;
    }

    /**
     * Returns the device that it concerns.
     *
     * @return the device's name; "" where it concerns none
     */
    public String device() {
        return origin.device().orElse("");
    }

    /**
     * Returns how much time is left.
     *
     * @return zero where there is none
     */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - clock.now().nanos()));
    }

    /**
     * Returns if the operation may continue, and throws otherwise.
     *
     * @throws CancelledException if this thread is interrupted, whose flag stays set, or the source is closed
     * @throws TimedOutException if its time is up
     */
    public void check() throws CancelledException, TimedOutException {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(origin, action, "the thread was interrupted", null);
        }
        if (closed.getAsBoolean()) {
            throw new CancelledException(origin, action, "the source is closed", null);
        }
        if (clock.now().nanos() - deadline >= 0) {
            throw new TimedOutException(origin, action, timeout);
        }
    }
}
