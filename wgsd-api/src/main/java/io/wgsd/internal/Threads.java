package io.wgsd.internal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Daemon threads with names, for those who bring no factory of their own, and their end. */
public final class Threads {

    private Threads() {}

    /** Returns a factory of daemon threads of one name, for one that is alone. */
    public static ThreadFactory daemons(String name) {
        return task -> daemon(task, name);
    }

    /** Returns a factory of daemon threads that are named by a prefix and a number, from 1. */
    public static ThreadFactory numberedDaemons(String prefix) {
        AtomicLong made = new AtomicLong();
        return task -> daemon(task, prefix + made.incrementAndGet());
    }

    /**
     * Waits until a thread has ended, unless it is the calling one; an interrupt meanwhile is restored at the end.
     *
     * <p>For a close() that promises that nothing runs any more when it returns.
     */
    public static void join(Thread thread) {
        if (thread.equals(Thread.currentThread())) {
            return;
        }
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

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
