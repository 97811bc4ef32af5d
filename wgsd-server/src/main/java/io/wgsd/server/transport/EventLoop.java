package io.wgsd.server.transport;

import io.wgsd.internal.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that waits for many channels and serves whichever is ready. */
public final class EventLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private Duration period = Duration.ofSeconds(1);
    private Runnable tick = () -> {};
    private BooleanSupplier round = () -> false;

    /** What is done when a channel is ready, on the loop's thread; an error closes the channel. */
    @FunctionalInterface
    public interface Ready {
        /**
         * Serves a channel.
         *
         * @param key the channel's
         * @throws IOException where the channel is to be closed
         */
        void ready(SelectionKey key) throws IOException;
    }

    /**
     * Makes a loop that does nothing yet.
     *
     * @param threadFactory who makes its one thread
     * @throws IOException if there is no selector to be had
     */
    public EventLoop(ThreadFactory threadFactory) throws IOException {
        selector = Selector.open();
        thread = Objects.requireNonNull(threadFactory.newThread(this::run), "thread factory gave no thread");
    }

    /**
     * Starts the thread.
     *
     * @param every how long the pauses of {@code what} are, at least a millisecond
     * @param what is run again and again on it
     */
    public void start(Duration every, Runnable what) {
        start(every, what, round);
    }

    /**
     * Starts the thread.
     *
     * @param every how long the pauses of {@code what} are, at least a millisecond
     * @param what is run again and again on it
     * @param eachRound is run each time before channels that are ready are served; true where it has more to do, so
     *     that nothing is waited for
     */
    public void start(Duration every, Runnable what, BooleanSupplier eachRound) {
        period = every;
        tick = what;
        round = eachRound;
        thread.start();
    }

    /**
     * Serves a non-blocking channel from now on, until it is closed; from any thread.
     *
     * @param channel what is closed with the loop, at the latest
     * @param operations for what it is to be ready
     * @param ready what is done then
     */
    public void register(SelectableChannel channel, int operations, Ready ready) {
        execute(() -> {
            try {
                channel.register(selector, operations, ready);
            } catch (ClosedChannelException e) {
                LOG.debug("a socket was closed before it was served");
            }
        });
    }

    /**
     * Runs a task on the loop's thread.
     *
     * @param task what must not block
     */
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
            closeQuietly(selector);
            return;
        }
        Threads.join(thread);
    }

    private void run() {
        try {
            long ticked = System.nanoTime();
            // Made once, since many a loop goes round for each datagram.
            Consumer<SelectionKey> serve = this::serve;
            long millis = period.toMillis();
            long nanos = period.toNanos();
            while (!closed) {
                if (round.getAsBoolean()) {
                    selector.selectNow(serve);
                } else {
                    selector.select(serve, millis);
                }
                runTasks();
                if (System.nanoTime() - ticked >= nanos) {
                    ticked = System.nanoTime();
                    run(tick);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wait for sockets any more", e);
        } finally {
            // What was to be served is so closed with the rest.
            runTasks();
            selector.keys().forEach(key -> closeQuietly(key.channel()));
            closeQuietly(selector);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task failed", e);
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
    }

    private void serve(SelectionKey key) {
        try {
            ((Ready) key.attachment()).ready(key);
        } catch (IOException | CancelledKeyException e) {
            LOG.debug("closing {}: {}", key.channel(), e.toString());
            closeQuietly(key.channel());
        } catch (RuntimeException e) {
            LOG.error("serving {} failed", key.channel(), e);
        }
    }

    public static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("closing {}: {}", resource, e.toString());
        }
    }
}
