package io.wgsd.server.transport;

import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes daemons that are named after what they do, where the library's user makes no threads himself. Immutable. */
public final class RoleThreads implements ThreadFactory {

    private final @Nullable ThreadFactory users;
    private final String name;
    private final UnaryOperator<Runnable> around;

    private RoleThreads(@Nullable ThreadFactory users, String name, UnaryOperator<Runnable> around) {
        this.users = users;
        this.name = name;
        this.around = around;
    }

    /**
     * Returns who makes such threads.
     *
     * @param name how their names begin
     * @return a factory
     */
    public static ThreadFactory daemons(String name) {
        return new RoleThreads(null, name, UnaryOperator.identity());
    }

    /**
     * Returns who makes the threads for one purpose.
     *
     * @param factory who makes all of them
     * @param role what these do, in a word
     * @return the same factory, where it is not this one
     */
    public static ThreadFactory as(ThreadFactory factory, String role) {
        return factory instanceof RoleThreads own
                ? new RoleThreads(own.users, own.name + "-" + role, own.around)
                : factory;
    }

    /**
     * Returns who makes the same threads, which do something around what they are made for.
     *
     * @param factory who makes them
     * @param around what is run, by what is to be run
     * @return a factory
     */
    public static ThreadFactory around(ThreadFactory factory, UnaryOperator<Runnable> around) {
        return factory instanceof RoleThreads own
                ? new RoleThreads(own.users, own.name, around)
                : new RoleThreads(factory, "", around);
    }

    @Override
    public Thread newThread(Runnable task) {
        if (users != null) {
            return users.newThread(around.apply(task));
        }
        Thread thread = new Thread(around.apply(task), name);
        thread.setDaemon(true);
        return thread;
    }
}
