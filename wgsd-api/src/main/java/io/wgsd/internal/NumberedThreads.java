package io.wgsd.internal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Makes daemon threads whose names tell them apart. Thread-safe. */
public final class NumberedThreads implements ThreadFactory {

    private final String prefix;
    private final AtomicLong made = new AtomicLong();

    private NumberedThreads(String prefix) {
        this.prefix = prefix;
    }

    /** Returns a factory of threads named by a prefix and a number, from 1. */
    public static ThreadFactory daemons(String prefix) {
        return new NumberedThreads(prefix);
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, prefix + made.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
