package io.wgsd.discovery.exchange;

import io.wgsd.discovery.ClientStats;
import io.wgsd.discovery.exchange.ExchangeException.Reason;
import io.wgsd.internal.Threads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks questions of one or more servers that know the same zone, many at a time, on one thread.
 *
 * <p>The thread and the sockets are made when the first question is asked. Thread-safe.
 */
public final class Exchange implements Asker, AutoCloseable {

    private final Settings settings;
    private final ExchangeTally tally = new ExchangeTally();
    private final Queue<Submitted> submitted = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thread thread;
    private @Nullable Selector selector;
    private boolean starting;
    private volatile boolean closed;

    private record Submitted(Request request, CompletableFuture<Response> response) {}

    public Exchange(Settings settings) {
        this.settings = settings;
    }

    /** Asks; the future is completed on this exchange's thread. */
    @Override
    public CompletableFuture<Response> ask(Request request) {
        CompletableFuture<Response> response = new CompletableFuture<>();
        tally.asked(response);
        boolean first = false;
        lock.lock();
        try {
            if (closed) {
                response.completeExceptionally(closedFailure());
                return response;
            }
            submitted.add(new Submitted(request, response));
            if (selector != null) {
                selector.wakeup();
            } else if (!starting) {
                starting = true;
                first = true;
            }
        } finally {
            lock.unlock();
        }
        if (first) {
            start();
        }
        return response;
    }

    /** Returns what was counted. */
    public ClientStats stats() {
        return tally.stats();
    }

    /** Returns whether the caller runs on the thread that delivers responses and therefore must not wait for one. */
    public boolean isOwnThread() {
        return Thread.currentThread().equals(thread);
    }

    /** Ends all questions and the thread, and waits for it unless it is the caller's; a second call does nothing. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            running = thread;
            if (selector != null) {
                selector.wakeup();
            }
        } finally {
            lock.unlock();
        }
        if (running != null && !running.equals(Thread.currentThread())) {
            Threads.join(running);
        }
    }

    /** Not under the lock, since the thread factory is the caller's code. If there is no thread, all questions fail. */
    private void start() {
        Selector ours = null;
        boolean running = false;
        String why = "no thread could be started";
        try {
            ours = Selector.open();
            Selector opened = ours;
            Thread made = Objects.requireNonNull(
                    settings.threadFactory().newThread(() -> run(opened)), "thread factory gave no thread");
            begun(made, ours);
            made.start();
            running = true;
        } catch (IOException e) {
            why = SocketErrors.words(e);
        } finally {
            if (!running) {
                notBegun(why);
                if (ours != null) {
                    SocketErrors.closeQuietly(ours);
                }
            }
        }
    }

    private void begun(Thread made, Selector ours) {
        lock.lock();
        try {
            thread = made;
            selector = ours;
            starting = false;
        } finally {
            lock.unlock();
        }
    }

    private void notBegun(String why) {
        List<Submitted> unasked = new ArrayList<>();
        lock.lock();
        try {
            thread = null;
            selector = null;
            starting = false;
            for (Submitted next; (next = submitted.poll()) != null; ) {
                unasked.add(next);
            }
        } finally {
            lock.unlock();
        }
        unasked.forEach(
                each -> each.response().completeExceptionally(new ExchangeException(Reason.UNREACHABLE, first(), why)));
    }

    private void run(Selector ours) {
        ExchangeLoop loop = new ExchangeLoop(settings, ours, new SecureRandom(), System::nanoTime, tally);
        ExchangeException why = closedFailure();
        try {
            while (!closed) {
                take(loop);
                loop.turn();
            }
        } catch (IOException | RuntimeException e) {
            why = new ExchangeException(Reason.UNREACHABLE, first(), "the lookup was broken off: " + e);
        } finally {
            lock.lock();
            try {
                take(loop);
                // The next question, unless this is closed, begins again.
                thread = null;
                selector = null;
            } finally {
                lock.unlock();
            }
            loop.abandon(why);
            SocketErrors.closeQuietly(ours);
        }
    }

    private void take(ExchangeLoop loop) {
        for (Submitted next; (next = submitted.poll()) != null; ) {
            loop.add(next.request(), next.response());
        }
    }

    private InetSocketAddress first() {
        return settings.servers().get(0);
    }

    private ExchangeException closedFailure() {
        return new ExchangeException(Reason.CLOSED, first(), "the client is closed");
    }
}
