package io.wgsd.command.host;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers several connections at a time, each within a time limit, so that a silent one delays no other. Thread-safe.
 */
final class StatusConnections implements AutoCloseable {

    private static final int MOST = 16;

    private final Duration patience;

    private final ThreadPoolExecutor answering =
            new ThreadPoolExecutor(0, MOST, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), StatusConnections::thread);

    private final ScheduledThreadPoolExecutor ending = new ScheduledThreadPoolExecutor(1, StatusConnections::thread);

    StatusConnections(Duration patience) {
        this.patience = patience;
        ending.setRemoveOnCancelPolicy(true);
    }

    /** Answers and closes a connection; if there are too many, it is closed at once. */
    void receive(SocketChannel channel, Answer answer) throws IOException {
        try {
            ScheduledFuture<?> end = ending.schedule(() -> close(channel), patience.toMillis(), TimeUnit.MILLISECONDS);
            answering.execute(() -> {
                try (channel) {
                    answer.to(channel);
                } catch (IOException e) {
                    // The other side has gone, or the time is up.
                } finally {
                    end.cancel(false);
                }
            });
        } catch (RejectedExecutionException e) {
            channel.close();
        }
    }

    @Override
    public void close() {
        answering.shutdown();
        ending.shutdown();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "wgsd-status-answer");
        thread.setDaemon(true);
        return thread;
    }

    /** Writes the answer to a connection. */
    interface Answer {
        void to(SocketChannel channel) throws IOException;
    }
}
