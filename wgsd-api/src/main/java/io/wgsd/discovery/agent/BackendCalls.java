package io.wgsd.discovery.agent;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An agent's calls of its source, which another thread can interrupt: only the source is interrupted, never a listener
 * or a store that is called on the same thread. Thread-safe.
 */
final class BackendCalls {

    private final PeerSource source;
    private final String device;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread calling;
    private boolean cancelled;

    BackendCalls(PeerSource source, String device) {
        this.source = source;
        this.device = device;
    }

    /** A call of the source. */
    private interface Call<T> {
        T run() throws WireGuardException;
    }

    Device read(ReadOptions options) throws WireGuardException {
        return call("reading", () -> source.read(device, options));
    }

    void apply(DeviceChange change) throws WireGuardException {
        call("changing", () -> {
            source.apply(device, change);
            return true;
        });
    }

    boolean canRestart() throws WireGuardException {
        return call("reading", () -> source.capabilities(device).atomicRestart());
    }

    /** Interrupts the call that is under way, and lets all later ones fail. */
    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            if (calling != null) {
                calling.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Allows calls again, for what has to be undone at the end. */
    void allowAgain() {
        lock.lock();
        try {
            cancelled = false;
        } finally {
            lock.unlock();
        }
    }

    private <T> T call(String action, Call<T> call) throws WireGuardException {
        begin(action);
        try {
            return call.run();
        } finally {
            end();
        }
    }

    private void begin(String action) throws CancelledException {
        lock.lock();
        try {
            if (cancelled) {
                throw new CancelledException(
                        ErrorOrigin.of("agent").device(device), action, "the agent is closed", null);
            }
            calling = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            calling = null;
            if (cancelled) {
                // The interrupt was meant for the call alone.
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }
}
