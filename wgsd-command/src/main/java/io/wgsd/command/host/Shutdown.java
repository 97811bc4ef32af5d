package io.wgsd.command.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Ends what a program runs when the program gets a signal to stop, from the moment the program begins. Thread-safe.
 *
 * <p>What is started is ended in reverse order. Then the process ends with status 0, since any other status of a
 * program that a service manager stopped is a failure to it. Without a signal, {@link #close} ends it, and the program
 * goes on to its own status.
 */
public final class Shutdown implements AutoCloseable {

    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Thread hook;
    private volatile int status;

    private Shutdown(Runnable last) {
        hook = new Thread(() -> stop(last), "wgsd-stop");
    }

    /** Starts something, and may fail to. */
    @FunctionalInterface
    public interface Start<T, X extends Exception> {

        /** Starts it. */
        T start() throws X;
    }

    /**
     * Waits for a signal from now on.
     *
     * @param last runs when all else has ended
     */
    public static Shutdown onSignal(Runnable last) {
        Shutdown shutdown = new Shutdown(last);
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    /** Starts something. A signal that comes meanwhile waits until it has started, so that it is ended too. */
    public synchronized <T, X extends Exception> T start(Start<T, X> start, Consumer<? super T> end) throws X {
        T started = start.start();
        ends.push(() -> end.accept(started));
        return started;
    }

    /** Makes the program end with status 1 if it gets a signal from now on. */
    public void failed() {
        status = 1;
    }

    /** Waits for a signal no longer, and ends what was started. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal came first, and its thread ends all of it.
        }
        endAll();
    }

    private void stop(Runnable last) {
        try {
            ServiceManager.send("STOPPING=1");
            endAll();
            last.run();
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    private synchronized void endAll() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
