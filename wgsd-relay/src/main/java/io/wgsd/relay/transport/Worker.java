package io.wgsd.relay.transport;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread with its work: what members bring in comes before what strangers do, but some of the latter's in each
 * turn. Thread-safe.
 */
public final class Worker implements Lane, AutoCloseable {

    private static final int ROOM = 4096;
    private static final int MEMBERS_TURN = 64;
    private static final int STRANGERS_TURN = 16;
    /** How often the periodic work is done. */
    private static final long PERIOD = Duration.ofMillis(50).toNanos();

    /** Some of the work, of which there may be so much. */
    private static final class Line {
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final AtomicInteger length = new AtomicInteger();

        boolean offer(Runnable task, int room) {
            if (length.incrementAndGet() > room) {
                length.decrementAndGet();
                return false;
            }
            tasks.add(task);
            return true;
        }

        int run(int most) {
            int done = 0;
            while (done < most) {
                Runnable task = tasks.poll();
                if (task == null) {
                    return done;
                }
                length.decrementAndGet();
                task.run();
                done++;
            }
            return done;
        }

        boolean isEmpty() {
            return tasks.isEmpty();
        }
    }

    private final Line internal = new Line();
    private final Line members = new Line();
    private final Line strangers = new Line();
    private final BooleanSupplier periodic;
    private final Consumer<Throwable> failed;
    private final @Nullable Thread thread;
    private volatile boolean closed;
    private volatile boolean waits;

    /**
     * Makes a worker, whose thread is not started.
     *
     * @param threadFactory makes the thread
     * @param periodic is done twenty times a second, and again at once for as long as it returns true
     * @param failed is called where the thread ends by an error
     */
    public Worker(ThreadFactory threadFactory, BooleanSupplier periodic, Consumer<Throwable> failed) {
        this.periodic = periodic;
        this.failed = failed;
        thread = threadFactory.newThread(this::run);
        if (thread == null) {
            throw new IllegalStateException("the thread factory makes no thread");
        }
    }

    /** Starts the thread. */
    public void start() {
        if (thread != null) {
            thread.start();
        }
    }

    @Override
    public boolean offer(Runnable task, Priority priority) {
        boolean taken = switch (priority) {
            case INTERNAL -> internal.offer(task, Integer.MAX_VALUE);
            case MEMBER -> members.offer(task, ROOM);
            case STRANGER -> strangers.offer(task, ROOM);
        };
        if (waits) {
            LockSupport.unpark(thread);
        }
        return taken;
    }

    /** Ends the thread, and waits for it unless it is the calling one. */
    @Override
    public void close() {
        closed = true;
        Threads.join(thread);
    }

    private void run() {
        try {
            long due = System.nanoTime();
            while (!closed) {
                int done = internal.run(Integer.MAX_VALUE) + members.run(MEMBERS_TURN) + strangers.run(STRANGERS_TURN);
                long now = System.nanoTime();
                if (now - due >= 0) {
                    due = periodic.getAsBoolean() ? now : now + PERIOD;
                }
                if (done == 0) {
                    sleep(due - now);
                }
            }
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }

    private void sleep(long nanos) {
        waits = true;
        if (internal.isEmpty() && members.isEmpty() && strangers.isEmpty() && !closed && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        waits = false;
    }
}
