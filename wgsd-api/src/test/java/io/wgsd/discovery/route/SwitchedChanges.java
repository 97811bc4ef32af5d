package io.wgsd.discovery.route;

import io.wgsd.spi.NetworkChanges;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Changes of a network that happen when a test says so. */
public final class SwitchedChanges implements NetworkChanges {

    private final Semaphore happened = new Semaphore(0);
    private volatile boolean waitedFor;
    private volatile boolean closed;

    public void happen() {
        happened.release();
    }

    public boolean isWaitedFor() {
        return waitedFor;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean await(Duration atMost) {
        waitedFor = true;
        try {
            return happened.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS) && !closed;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the thread that watches", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        happened.release();
    }
}
