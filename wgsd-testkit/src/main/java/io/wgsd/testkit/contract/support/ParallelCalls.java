package io.wgsd.testkit.contract.support;

import io.wgsd.testkit.contract.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that do parts of a test at the same time; what any of them throws fails the test. */
public final class ParallelCalls implements AutoCloseable {

    private final List<Call<?>> running = new ArrayList<>();

    /** One part of a test, and the thread that does it. */
    public static final class Call<T> {

        private final FutureTask<T> task;
        private final Thread thread;

        private Call(Callable<T> part) {
            task = new FutureTask<>(part);
            thread = new Thread(task, "contract");
            // So that one that never ends does not keep the test run from ending.
            thread.setDaemon(true);
            thread.start();
        }

        public void interrupt() {
            thread.interrupt();
        }

        /** Returns what the part returned, or throws what it threw. */
        public T result() throws Exception {
            try {
                return task.get(Await.LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                AssertionError stuck = new AssertionError(
                        "a call did not end within " + Await.LIMIT.toSeconds() + " s; it is at the cause", e);
                StackTraceElement[] where = thread.getStackTrace();
                e.setStackTrace(where);
                throw stuck;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof Exception exception ? exception : e;
            }
        }
    }

    public <T> Call<T> start(Callable<T> part) {
        Call<T> call = new Call<>(part);
        running.add(call);
        return call;
    }

    @Override
    public void close() {
        running.forEach(Call::interrupt);
    }
}
