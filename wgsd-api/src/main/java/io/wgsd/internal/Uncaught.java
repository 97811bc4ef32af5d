package io.wgsd.internal;

/** What to do with an error of code that somebody else has handed in. */
public final class Uncaught {

    private Uncaught() {}

    /** Gives an error to the current thread's uncaught exception handler, and returns. */
    public static void report(Throwable e) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
}
