package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads a device again and again and hands what it finds to a listener, for WireGuard does not tell of changes itself.
 *
 * <p>One thread, which {@link Builder#start()} starts, reads and calls the listener, so that there is never more than one
 * reading at a time. After an error it waits twice as long as before, up to a limit, and goes on: a device that vanishes
 * and comes back is followed. Thread-safe.
 */
public final class DeviceWatcher implements AutoCloseable {

    private final PeerSource source;
    private final String device;
    private final Listener listener;
    private final Backoff backoff;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean closed;
    private boolean pollNow;

    private DeviceWatcher(Builder builder) {
        source = builder.source;
        device = builder.device;
        listener = builder.listener;
        backoff = new Backoff(builder.interval, builder.backoffLimit);
        thread = Objects.requireNonNull(builder.threadFactory.newThread(this::run), "thread factory gave no thread");
    }

    /**
     * Begins a watcher that reads four times a second.
     *
     * @param source where the device is read; it stays the caller's to close
     * @param device the device's name
     * @param listener who is told
     * @return a builder
     */
    public static Builder builder(PeerSource source, String device, Listener listener) {
        return new Builder(source, device, listener);
    }

    /** Who is told what a {@link DeviceWatcher} finds, always on the watcher's thread. */
    public interface Listener {

        /**
         * Is told of each reading that succeeded, whether or not anything changed.
         *
         * @param previous the reading before, even if errors came between; empty for the first one
         * @param current this reading
         * @param difference what changed in the configuration; for the first reading all peers are added
         */
        void read(Optional<Device> previous, Device current, DeviceDifference difference);

        /**
         * Is told of each reading that failed.
         *
         * @param error why
         * @param failuresInARow how many have failed since the last that succeeded, this one included
         */
        void failed(WireGuardException error, int failuresInARow);
    }

    /** Reads again at once instead of after the interval; returns without waiting for it. */
    public void poll() {
        lock.lock();
        try {
            pollNow = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the watching and waits until the listener is not called any more, unless the listener itself calls this; a
     * second call does nothing.
     *
     * <p>A reading that is under way is interrupted.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        if (thread == Thread.currentThread()) {
            return;
        }
        thread.interrupt();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Device previous = null;
        int failures = 0;
        do {
            try {
                Device current = source.read(
                        device,
                        previous == null
                                ? ReadOptions.defaults()
                                : ReadOptions.defaults().reusing(previous));
                failures = 0;
                tell(previous, current);
                previous = current;
            } catch (CancelledException e) {
                if (isClosed()) {
                    return;
                }
                listener.failed(e, ++failures);
            } catch (WireGuardException e) {
                listener.failed(e, ++failures);
            }
        } while (await(backoff.after(failures)));
    }

    private void tell(@Nullable Device previous, Device current) {
        Device before = previous == null
                ? Device.builder(current.name(), current.kind()).build()
                : previous;
        listener.read(Optional.ofNullable(previous), current, DeviceDifference.between(before, current));
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits, and returns false once the watcher is closed. */
    private boolean await(Duration delay) {
        lock.lock();
        try {
            long nanos = delay.toNanos();
            while (!closed && !pollNow && nanos > 0) {
                nanos = wake.awaitNanos(nanos);
            }
            pollNow = false;
            return !closed;
        } catch (InterruptedException e) {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Gathers how a device is watched; not thread-safe. */
    public static final class Builder {

        private final PeerSource source;
        private final String device;
        private final Listener listener;
        private Duration interval = Duration.ofMillis(250);
        private Duration backoffLimit = Duration.ofSeconds(10);
        private ThreadFactory threadFactory = task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName("wgsd-watch");
            thread.setDaemon(true);
            return thread;
        };

        private Builder(PeerSource source, String device, Listener listener) {
            this.source = Objects.requireNonNull(source, "source");
            this.device = Device.checkName(device);
            this.listener = Objects.requireNonNull(listener, "listener");
        }

        /**
         * Sets how long to wait between the end of one reading and the beginning of the next.
         *
         * @param value more than zero; 250 ms by default
         * @return this
         * @throws IllegalArgumentException if the value is not more than zero
         */
        public Builder interval(Duration value) {
            interval = positive("interval", value);
            return this;
        }

        /**
         * Sets how long to wait at most after errors.
         *
         * @param value more than zero; 10 s by default; the interval where that is longer
         * @return this
         * @throws IllegalArgumentException if the value is not more than zero
         */
        public Builder backoffLimit(Duration value) {
            backoffLimit = positive("backoff limit", value);
            return this;
        }

        /**
         * Sets who makes the thread; by default it is a daemon thread named {@code wgsd-watch}.
         *
         * @param factory asked once, by {@link #start()}
         * @return this
         */
        public Builder threadFactory(ThreadFactory factory) {
            threadFactory = Objects.requireNonNull(factory, "factory");
            return this;
        }

        /**
         * Starts the watching with a first reading at once.
         *
         * @return the watcher, which the caller closes
         */
        public DeviceWatcher start() {
            DeviceWatcher watcher = new DeviceWatcher(this);
            watcher.thread.start();
            return watcher;
        }

        private static Duration positive(String what, Duration value) {
            if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException(what + " must be more than zero and at most a day, was " + value);
            }
            return value;
        }
    }
}
