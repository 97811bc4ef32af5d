package io.wgsd.command.host;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Hears SIGHUP, by which service managers have a program read its configuration again. */
public final class Hangup {

    private static final Object LOCK = new Object();
    private static boolean pending;
    private static @Nullable Runnable action;

    private Hangup() {}

    /** Has no SIGHUP end the process from here on: one that comes before {@link #handle} is heard by it. */
    public static void hold() {
        install(Hangup::happened);
    }

    /** Has an action done at each SIGHUP, on a thread of its own, and at once where one has come since {@link #hold}. */
    public static void handle(Runnable done) {
        install(Hangup::happened);
        boolean now;
        synchronized (LOCK) {
            action = done;
            now = pending;
            pending = false;
        }
        if (now) {
            done.run();
        }
    }

    private static void happened() {
        Runnable done;
        synchronized (LOCK) {
            done = action;
            pending = done == null;
        }
        if (done != null) {
            done.run();
        }
    }

    /**
     * Hears signals where this Java and this system have them.
     *
     * <p>By reflection, since the compiler warns of this part of the JDK (module jdk.unsupported, which JEP 260 keeps for
     * want of anything else) in a way that cannot be silenced.
     */
    private static void install(Runnable heard) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("handle")) {
                            return method.invoke(heard, arguments);
                        }
                        heard.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), onSignal);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Then there is no reloading without a restart, and nothing else is missing.
        }
    }
}
