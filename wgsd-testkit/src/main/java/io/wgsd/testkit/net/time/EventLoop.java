package io.wgsd.testkit.net.time;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is behind a timeline: a queue of events, and the time, which jumps from each event to the next. */
public final class EventLoop {

    private final ReentrantLock lock = new ReentrantLock();
    private final EventQueue queue = new EventQueue();
    private final Queue<Runnable> between = new ConcurrentLinkedQueue<>();
    private volatile long nanos;
    private volatile long happened;
    private boolean running;

    /** Returns the monotonic time, in nanoseconds. */
    public long nanoTime() {
        return nanos;
    }

    /** Returns how many events have happened. */
    public long eventsHappened() {
        return happened;
    }

    /** Queues an event; one that is due in the past happens next. */
    public void queueAt(Event event, long at) {
        lock.lock();
        try {
            queue.add(event, Math.max(at, nanos));
        } finally {
            lock.unlock();
        }
    }

    /** Takes an event out of the queue; returns whether it was there. */
    public boolean unqueue(Event event) {
        lock.lock();
        try {
            boolean queued = event.isQueued();
            if (queued) {
                queue.remove(event);
            }
            return queued;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does something between two events: at once, or, while time runs on another thread, before the next event there.
     * It never waits for that thread.
     */
    public void betweenEvents(Runnable action) {
        between.add(action);
        if (lock.tryLock()) {
            try {
                doBetween();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Lets time pass until a condition holds, or for so many nanoseconds; returns whether the condition holds. */
    public boolean runUntil(BooleanSupplier condition, long limit) {
        return run(() -> {
            long end = Math.addExact(nanos, limit);
            doBetween();
            while (!condition.getAsBoolean()) {
                if (queue.nextAt() > end) {
                    nanos = end;
                    return false;
                }
                happenNext();
                doBetween();
            }
            return true;
        });
    }

    /** Jumps to the next event and lets it happen; returns whether there was one. */
    public boolean runNext() {
        return run(() -> {
            doBetween();
            return happenNext();
        });
    }

    private boolean run(BooleanSupplier body) {
        lock.lock();
        try {
            if (running) {
                throw new IllegalStateException("time already runs: an event cannot let it pass; schedule instead");
            }
            running = true;
            try {
                return body.getAsBoolean();
            } finally {
                running = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private void doBetween() {
        for (Runnable next = between.poll(); next != null; next = between.poll()) {
            next.run();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only written under the lock; volatile for readers without it
    private boolean happenNext() {
        @Nullable Event next = queue.poll();
        if (next == null) {
            return false;
        }
        nanos = next.at;
        happened++;
        next.happen();
        return true;
    }
}
