package io.wgsd.testkit.memory;

import io.wgsd.spi.CancelledException;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.TimedOutException;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sources of a {@link MemoryWireGuard} fail, hang, or find the world changed in the middle of a call.
 *
 * <p>It concerns the calls of {@code PeerSource} only, never those of {@link MemoryDevice}. Each fault is used up by
 * the calls that meet it, whichever source and thread they come from. Thread-safe.
 */
public final class MemoryFaults {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int blocks;
    private int waitingCallers;
    private int callsToFail;
    private @Nullable Function<? super ErrorOrigin, ? extends WireGuardException> error;
    private @Nullable Action beforeNextCall;
    private @Nullable Action duringNextApply;
    private int peersBefore;

    MemoryFaults() {}

    /** Something that happens in the middle of a call. */
    @FunctionalInterface
    public interface Action {

        /**
         * Does it.
         *
         * @throws WireGuardException to make the call fail just then
         */
        void run() throws WireGuardException;
    }

    /** Holds up all calls until it is closed. */
    public final class Block implements AutoCloseable {

        private boolean closed;

        private Block() {}

        /**
         * Waits until calls are held up.
         *
         * @param callers how many
         * @param limit how long to wait at most
         * @return whether so many are held up
         * @throws InterruptedException if the thread is interrupted meanwhile
         */
        public boolean awaitCallers(int callers, Duration limit) throws InterruptedException {
            long remaining = limit.toNanos();
            lock.lock();
            try {
                while (waitingCallers < callers) {
                    if (remaining <= 0) {
                        return false;
                    }
                    remaining = changed.awaitNanos(remaining);
                }
                return true;
            } finally {
                lock.unlock();
            }
        }

        /** Lets the calls continue; a second call does nothing. */
        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    blocks--;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Makes the next calls fail.
     *
     * @param calls how many; 0 takes back what was asked for before
     * @param failure makes the exception, of the origin that the call has
     */
    public void failNext(int calls, Function<? super ErrorOrigin, ? extends WireGuardException> failure) {
        if (calls < 0) {
            throw new IllegalArgumentException("calls to fail must be 0 or more, was " + calls);
        }
        lock.lock();
        try {
            callsToFail = calls;
            error = Objects.requireNonNull(failure, "failure");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does something when the next call has begun and nothing of it is done yet.
     *
     * @param action what happens, in the thread of the call and without a lock; it may change and remove devices
     */
    public void beforeNextCall(Action action) {
        lock.lock();
        try {
            beforeNextCall = Objects.requireNonNull(action, "action");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does something in the middle of the next change.
     *
     * @param peers how many of the change's peers are done before; a change of fewer leaves this for the next one
     * @param action what happens, in the thread of the call, before anyone else sees the device; where it throws, the
     *     change ends with that
     */
    public void duringNextApply(int peers, Action action) {
        lock.lock();
        try {
            peersBefore = peers;
            duringNextApply = Objects.requireNonNull(action, "action");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Holds up all calls from now on, until each one's own deadline, interrupt or closed source ends it.
     *
     * @return what lets them continue when it is closed
     */
    public Block block() {
        lock.lock();
        try {
            blocks++;
            return new Block();
        } finally {
            lock.unlock();
        }
    }

    /** Begins a call of a source: all faults that have been asked for happen here. */
    void enter(ErrorOrigin origin, String what, Duration timeout, BooleanSupplier closed) throws WireGuardException {
        Action action;
        lock.lock();
        try {
            awaitRelease(origin, what, timeout, closed);
            action = beforeNextCall;
            beforeNextCall = null;
        } finally {
            lock.unlock();
        }
        if (action != null) {
            action.run();
        }
        failWhereAsked(origin);
    }

    void beforePeer(int peersDone) throws WireGuardException {
        Action action = null;
        lock.lock();
        try {
            if (peersDone == peersBefore) {
                action = duringNextApply;
                duringNextApply = null;
            }
        } finally {
            lock.unlock();
        }
        if (action != null) {
            action.run();
        }
    }

    /** Makes the calls that are held up look whether their source has been closed. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void failWhereAsked(ErrorOrigin origin) throws WireGuardException {
        lock.lock();
        try {
            if (callsToFail > 0 && error != null) {
                callsToFail--;
                throw error.apply(origin);
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitRelease(ErrorOrigin origin, String what, Duration timeout, BooleanSupplier closed)
            throws WireGuardException {
        long remaining = timeout.toNanos();
        waitingCallers++;
        changed.signalAll();
        try {
            while (true) {
                if (closed.getAsBoolean()) {
                    throw new CancelledException(origin, what, "the source is closed", null);
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancelledException(origin, what, "the thread was interrupted", null);
                }
                if (blocks == 0) {
                    return;
                }
                if (remaining <= 0) {
                    throw new TimedOutException(origin, what, timeout);
                }
                remaining = changed.awaitNanos(remaining);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(origin, what, "the thread was interrupted", e);
        } finally {
            waitingCallers--;
        }
    }
}
