package io.wgsd.internal.tls;

import io.wgsd.internal.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that waits for many channels, and serves those that are ready. */
public final class ChannelLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelLoop.class);

    private final Selector selector;
    private final Thread thread;
    private final Duration period;
    private final Runnable tick;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** What is done when a channel is ready. */
    @FunctionalInterface
    public interface Ready {

        /** Serves a channel, on the loop's thread; it closes what has to be closed itself. */
        void ready(SelectionKey key);
    }

    /**
     * Makes a loop that does nothing yet.
     *
     * @param threads makes its one thread
     * @param period how long the pauses of {@code tick} are, a millisecond at least
     * @param tick is run again and again on the thread
     * @throws IOException if there is no selector to be had
     */
    public ChannelLoop(ThreadFactory threads, Duration period, Runnable tick) throws IOException {
        this.period = period;
        this.tick = tick;
        selector = Selector.open();
        thread = threads.newThread(this::run);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /**
     * Serves a channel from now on; before the start, or on the loop's thread.
     *
     * @param channel one that does not block
     * @throws IOException if it is closed already
     */
    public SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        return channel.register(selector, operations, ready);
    }

    /** Changes what is waited for; on the loop's thread. */
    public void expect(SelectableChannel channel, int operations) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null && key.isValid()) {
            key.interestOps(operations);
        }
    }

    /** Runs a task on the loop's thread soon, before it ends at the latest; from any thread. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Ends the thread, waits for it, and closes all channels; a second call does nothing. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            closeAll();
            return;
        }
        Threads.join(thread);
    }

    private void run() {
        try {
            long ticked = System.nanoTime();
            while (!closed) {
                selector.select(ChannelLoop::serve, period.toMillis());
                runTasks();
                if (System.nanoTime() - ticked >= period.toNanos()) {
                    ticked = System.nanoTime();
                    run(tick);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wait for sockets any more", e);
        } finally {
            runTasks();
            closeAll();
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
    }

    private static void serve(SelectionKey key) {
        run(() -> {
            try {
                ((Ready) key.attachment()).ready(key);
            } catch (CancelledKeyException e) {
                LOG.debug("a channel was closed while it was served");
            }
        });
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task failed", e);
        }
    }

    private void closeAll() {
        selector.keys().forEach(key -> closeQuietly(key.channel()));
        closeQuietly(selector);
    }

    /** Closes what can still be closed. */
    public static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("closing {}: {}", resource, e.toString());
        }
    }
}
