package io.wgsd.internal.exchange;

import io.wgsd.internal.exchange.ExchangeException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.security.SecureRandom;
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
    private final Queue<Submitted> submitted = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thread thread;
    private @Nullable Selector selector;
    private volatile boolean closed;

    private record Submitted(Request request, CompletableFuture<Answer> answer) {}

    public Exchange(Settings settings) {
        this.settings = settings;
    }

    /** Asks; the future is completed on this exchange's thread. */
    @Override
    public CompletableFuture<Answer> ask(Request request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        lock.lock();
        try {
            if (closed) {
                answer.completeExceptionally(closedFailure());
            } else {
                Selector ours = start();
                submitted.add(new Submitted(request, answer));
                ours.wakeup();
            }
        } catch (IOException e) {
            answer.completeExceptionally(new ExchangeException(Reason.UNREACHABLE, first(), Failures.words(e)));
        } finally {
            lock.unlock();
        }
        return answer;
    }

    /** Returns whether the caller runs where answers are delivered, and so must not wait for one. */
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
            join(running);
        }
    }

    private Selector start() throws IOException {
        Selector ours = selector;
        if (ours == null) {
            ours = Selector.open();
            Selector opened = ours;
            Thread made = settings.threadFactory().newThread(() -> run(opened));
            thread = Objects.requireNonNull(made, "thread factory gave no thread");
            selector = ours;
            made.start();
        }
        return ours;
    }

    private void run(Selector ours) {
        Loop loop = new Loop(settings, ours, new SecureRandom(), System::nanoTime);
        ExchangeException why = closedFailure();
        try {
            while (!closed) {
                take(loop);
                loop.turn();
            }
        } catch (IOException | RuntimeException e) {
            why = new ExchangeException(Reason.UNREACHABLE, first(), "asking was broken off: " + e);
        } finally {
            lock.lock();
            try {
                take(loop);
                // Whoever asks next, unless this was closed, begins anew.
                thread = null;
                selector = null;
            } finally {
                lock.unlock();
            }
            loop.abandon(why);
            Failures.closeQuietly(ours);
        }
    }

    private void take(Loop loop) {
        for (Submitted next; (next = submitted.poll()) != null; ) {
            loop.add(next.request(), next.answer());
        }
    }

    private InetSocketAddress first() {
        return settings.servers().get(0);
    }

    private ExchangeException closedFailure() {
        return new ExchangeException(Reason.CLOSED, first(), "the client is closed");
    }

    private static void join(Thread thread) {
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
}
