package io.wgsd.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that do parts of a test at the same time; what any of them throws fails the test. */
final class Crew implements AutoCloseable {

    private final List<Member<?>> members = new ArrayList<>();

    /** One part of a test, and the thread that does it. */
    static final class Member<T> {

        private final FutureTask<T> task;
        private final Thread thread;

        private Member(Callable<T> part) {
            task = new FutureTask<>(part);
            thread = new Thread(task, "contract");
            // So that one that never ends does not keep the test run from ending.
            thread.setDaemon(true);
            thread.start();
        }

        void interrupt() {
            thread.interrupt();
        }

        /** Returns what the part returned, or throws what it threw. */
        T result() throws Exception {
            try {
                return task.get(Patience.LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                AssertionError stuck = new AssertionError(
                        "a call did not end within " + Patience.LIMIT.toSeconds() + " s; it is at the cause", e);
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

    <T> Member<T> start(Callable<T> part) {
        Member<T> member = new Member<>(part);
        members.add(member);
        return member;
    }

    @Override
    public void close() {
        members.forEach(Member::interrupt);
    }
}
