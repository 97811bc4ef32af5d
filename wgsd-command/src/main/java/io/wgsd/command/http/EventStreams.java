package io.wgsd.command.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Streams of server-sent events (the HTML standard, section 9.2): the status, each time that it has changed, once a
 * second at most. Each stream has a thread while it lasts, and keeps no document but the last. It ends after some
 * seconds, and the browser opens the next one: so a reader that takes nothing keeps its place no longer than the server
 * lets a response last. Thread-safe.
 */
final class EventStreams implements AutoCloseable {

    /** Shorter than the server lets a response last. */
    static final Duration LENGTH = Duration.ofSeconds(20);

    private static final int MOST = 8;
    private static final long BETWEEN_MILLIS = 1000;
    private static final long IDLE = Duration.ofSeconds(5).toNanos();
    private static final int OK = 200;

    private final LiveStatus status;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), EventStreams::thread);

    EventStreams(LiveStatus status) {
        this.status = status;
    }

    /**
     * Begins a stream, which closes the exchange when it ends.
     *
     * @return false if there are as many as there may be
     */
    boolean begin(HttpExchange exchange) {
        try {
            threads.execute(() -> stream(exchange));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
    }

    private void stream(HttpExchange exchange) {
        try (exchange) {
            exchange.sendResponseHeaders(OK, 0);
            write(exchange.getResponseBody());
        } catch (IOException e) {
            // The reader has gone, or the server has ended a response that took too long.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(OutputStream body) throws IOException, InterruptedException {
        body.write("retry: 200\n\n".getBytes(UTF_8));
        String last = "";
        long begin = System.nanoTime();
        long written = begin;
        while (System.nanoTime() - begin < LENGTH.toNanos()) {
            String next = status.json();
            long now = System.nanoTime();
            if (!next.equals(last) || now - written > IDLE) {
                // Even where nothing has changed, the page has to know that this process is still there.
                body.write(("data: " + next + "\n\n").getBytes(UTF_8));
                body.flush();
                last = next;
                written = now;
            }
            if (closed.await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "wgsd-http-events");
        thread.setDaemon(true);
        return thread;
    }
}
