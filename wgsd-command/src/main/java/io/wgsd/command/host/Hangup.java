package io.wgsd.command.host;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Handles SIGHUP, which tells a program to read its configuration again. */
public final class Hangup {

    private static final Object LOCK = new Object();
    private static boolean pending;
    private static @Nullable Runnable action;

    private Hangup() {}

    /** Keeps SIGHUP from ending the process; one that comes before {@link #handle} is handled then. */
    public static void hold() {
        install(Hangup::happened);
    }

    /** Runs an action on each SIGHUP, on a thread of its own, and at once if one came since {@link #hold}. */
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
     * Handles the signal if this Java and this system have it.
     *
     * <p>By reflection, because the compiler's warning about this part of the JDK cannot be suppressed (module
     * jdk.unsupported, which JEP 260 keeps because nothing replaces it).
     */
    private static void install(Runnable onHangup) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("handle")) {
                            return method.invoke(onHangup, arguments);
                        }
                        onHangup.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), onSignal);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Then reloading needs a restart, and everything else works.
        }
    }
}
