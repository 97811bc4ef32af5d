package io.wgsd.server.transport;

import java.util.concurrent.ThreadFactory;

/** Makes daemons that are named after what they do, where the library's user makes no threads himself. Immutable. */
public final class RoleThreads implements ThreadFactory {

    private final String name;

    private RoleThreads(String name) {
        this.name = name;
    }

    /**
     * Returns who makes such threads.
     *
     * @param name how their names begin
     * @return a factory
     */
    public static ThreadFactory daemons(String name) {
        return new RoleThreads(name);
    }

    /**
     * Returns who makes the threads for one purpose.
     *
     * @param factory who makes all of them
     * @param role what these do, in a word
     * @return the same factory, where it is not this one
     */
    public static ThreadFactory as(ThreadFactory factory, String role) {
        return factory instanceof RoleThreads threads ? new RoleThreads(threads.name + "-" + role) : factory;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
