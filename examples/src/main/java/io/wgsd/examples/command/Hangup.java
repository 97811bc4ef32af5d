package io.wgsd.examples.command;

import java.lang.reflect.Proxy;

/** Hears SIGHUP, by which service managers have a program read its configuration again. */
final class Hangup {

    private Hangup() {}

    /**
     * Has an action done at each SIGHUP, on a thread of its own, where this Java and this system have signals.
     *
     * <p>By reflection, since the compiler warns of this part of the JDK (module jdk.unsupported, which JEP 260 keeps for
     * want of anything else) in a way that cannot be silenced.
     */
    static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("handle")) {
                            return method.invoke(action, arguments);
                        }
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), onSignal);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Then there is no reloading without a restart, and nothing else is missing.
        }
    }
}
