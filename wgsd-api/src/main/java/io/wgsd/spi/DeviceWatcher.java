package io.wgsd.spi;

import io.wgsd.internal.Backoff;
import io.wgsd.internal.Threads;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.spi.select.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads a device repeatedly and passes what it finds to a listener, because WireGuard itself does not report
 * changes.
 *
 * <p>One thread, which {@link Builder#start()} starts, reads and calls the listener, so that there is never more than
 * one reading at a time. After an error it waits twice as long as before, up to a limit, and continues: a device that
 * vanishes and comes back is followed. Only {@link #close()} ends the watching; an interrupt of the thread by anyone
 * else makes the reading that is under way fail, and no more. Thread-safe.
 */
public final class DeviceWatcher implements AutoCloseable {

    private final PeerSource source;
    private final String device;
    private final Listener listener;
    private final Backoff backoff;
    private final PollInterval pollInterval;
    private final Timer timer;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean closed;
    private boolean reading;
    private boolean pollNow;

    private DeviceWatcher(Builder builder) {
        source = builder.source;
        device = builder.device;
        listener = builder.listener;
        backoff = new Backoff(builder.interval, builder.backoffLimit);
        pollInterval = new PollInterval(builder.interval, builder.longestInterval());
        timer = builder.timer;
        thread = Objects.requireNonNull(builder.threadFactory.newThread(this::run), "thread factory gave no thread");
    }

    /**
     * Begins a watcher that reads four times a second.
     *
     * @param source where the device is read; it stays the caller's to close
     * @param device the device's name
     * @param listener receives the readings and errors
     * @return a builder
     */
    public static Builder builder(PeerSource source, String device, Listener listener) {
        return new Builder(source, device, listener);
    }

    /**
     * Receives what a {@link DeviceWatcher} finds, always on the watcher's thread.
     *
     * <p>Neither method has a default: a program that misses the errors would take its last reading for the present
     * state. What a listener throws goes to the thread's uncaught exception handler, and the watching continues.
     */
    public interface Listener {

        /**
         * Receives each reading that succeeded, whether or not anything changed.
         *
         * @param previous the reading before, even if errors came between; empty for the first one
         * @param current this reading
         * @param difference what changed in the configuration; for the first reading the settings and all peers, so
         *     that it is never empty
         */
        void read(Optional<Device> previous, Device current, DeviceDifference difference);

        /**
         * Receives each reading that failed; an exception that a source must not throw is reported as {@link
         * UnavailableException}.
         *
         * @param error why
         * @param failuresInARow how many have failed since the last that succeeded, this one included
         */
        void failed(WireGuardException error, int failuresInARow);
    }

    /**
     * Reads again at once instead of after the interval, errors or not; returns without waiting for it.
     *
     * <p>If a reading is under way, another one follows it, because that one may have begun too early.
     */
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
     * second call only waits.
     *
     * <p>A reading that is under way is interrupted, a listener is not: it may hold what an interrupt would break.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
            if (reading) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        Threads.join(thread);
    }

    private void run() {
        Device previous = null;
        int failures = 0;
        while (beginReading()) {
            long began = System.nanoTime();
            try {
                Device current = read(previous);
                failures = 0;
                tellRead(previous, current);
                previous = current;
            } catch (WireGuardException e) {
                int failuresInARow = ++failures;
                tell(() -> listener.failed(e, failuresInARow));
            }
            await(failures == 0 ? pollInterval.after(System.nanoTime() - began) : backoff.after(failures));
        }
    }

    private Device read(@Nullable Device previous) throws WireGuardException {
        ReadOptions options = ReadOptions.defaults();
        try {
            return source.read(device, previous == null ? options : options.reusing(previous));
        } catch (RuntimeException | Error e) {
            // A source is another's code: one that breaks its promise must not end the watching without a word.
            throw new UnavailableException(
                    ErrorOrigin.of(source.getClass().getName()).device(device),
                    Availability.unavailable("reading " + device + " failed: " + e, Backend.REPORT),
                    e);
        } finally {
            endReading();
        }
    }

    /** Lets close() interrupt from here on, and returns false where it was called already. */
    private boolean beginReading() {
        lock.lock();
        try {
            // An interrupt that came before was not meant for this reading.
            Thread.interrupted();
            reading = !closed;
            return reading;
        } finally {
            lock.unlock();
        }
    }

    private void endReading() {
        lock.lock();
        try {
            reading = false;
        } finally {
            lock.unlock();
        }
    }

    private void tellRead(@Nullable Device previous, Device current) {
        DeviceDifference difference = previous == null
                ? new DeviceDifference(true, current.peers(), List.of(), List.of())
                : DeviceDifference.between(previous, current);
        tell(() -> listener.read(Optional.ofNullable(previous), current, difference));
    }

    private void tell(Runnable call) {
        if (isClosed()) {
            return;
        }
        try {
            call.run();
        } catch (Throwable e) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration delay) {
        lock.lock();
        try {
            long nanos = delay.toNanos();
            while (!closed && !pollNow && nanos > 0) {
                nanos = waitAtMost(nanos);
            }
            pollNow = false;
        } finally {
            lock.unlock();
        }
    }

    private long waitAtMost(long nanos) {
        try {
            return timer.await(wake, nanos);
        } catch (InterruptedException e) {
            // Only close() ends the watching, and it says so by its flag.
            return nanos;
        }
    }

    /** How the thread waits, so that time can be another's than the system's. */
    interface Timer {
        /** Waits for a signal or until the time is over, and returns what is left of it. */
        long await(Condition wake, long nanos) throws InterruptedException;
    }

    /** Collects how a device is watched; not thread-safe. */
    public static final class Builder {

        private final PeerSource source;
        private final String device;
        private final Listener listener;
        private Duration interval = Duration.ofMillis(250);
        private @Nullable Duration longestInterval;
        private Duration backoffLimit = Duration.ofSeconds(10);
        private Timer timer = Condition::awaitNanos;
        private ThreadFactory threadFactory;

        private Builder(PeerSource source, String device, Listener listener) {
            this.source = Objects.requireNonNull(source, "source");
            this.device = Device.checkName(device);
            threadFactory = Threads.daemons("wgsd-watch-" + this.device);
            this.listener = Objects.requireNonNull(listener, "listener");
        }

        /**
         * Sets how long to wait between the end of one reading and the beginning of the next.
         *
         * @param value more than zero, at most a day; 250 ms by default
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder interval(Duration value) {
            interval = positive("interval", value);
            return this;
        }

        /**
         * Sets the longest wait between two readings where these take long, as of very many peers.
         *
         * <p>The watcher then waits nine times as long as the latest readings took on average, so that they take at
         * most a tenth of a processor.
         *
         * @param value more than zero, at most a day, and not less than the interval when it starts; by default the
         *     interval
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder longestInterval(Duration value) {
            longestInterval = positive("longestInterval", value);
            return this;
        }

        /**
         * Sets how long to wait at most after errors.
         *
         * @param value more than zero, at most a day; 10 s by default; the interval where that is longer
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder backoffLimit(Duration value) {
            backoffLimit = positive("backoffLimit", value);
            return this;
        }

        /**
         * Sets the factory of the thread; by default it is a daemon thread named {@code wgsd-watch-wg0}, with the
         * device's name.
         *
         * @param threadFactory called once, by {@link #start()}
         * @return this
         */
        public Builder threadFactory(ThreadFactory threadFactory) {
            this.threadFactory = Objects.requireNonNull(threadFactory, "threadFactory");
            return this;
        }

        private Duration longestInterval() {
            if (longestInterval == null) {
                return interval;
            }
            if (longestInterval.compareTo(interval) < 0) {
                throw new IllegalArgumentException(
                        "longestInterval must not be less than the interval, " + interval + ", was " + longestInterval);
            }
            return longestInterval;
        }

        Builder timer(Timer value) {
            timer = value;
            return this;
        }

        /**
         * Starts the watching with a first reading at once.
         *
         * @return the watcher, which the caller closes
         * @throws IllegalArgumentException if the longest interval is less than the interval
         */
        public DeviceWatcher start() {
            DeviceWatcher watcher = new DeviceWatcher(this);
            watcher.thread.start();
            return watcher;
        }

        private static Duration positive(String what, Duration value) {
            if (Objects.requireNonNull(value, what).isNegative()
                    || value.isZero()
                    || value.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException(what + " must be more than zero and at most a day, was " + value);
            }
            return value;
        }
    }
}
