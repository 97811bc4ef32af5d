package io.wgsd.server;

import java.util.function.Consumer;

/** Calls a registry's listener, whose failures concern nobody else. Thread-safe. */
final class ListenerCalls {

    private final Registry.Listener listener;
    private final Guard guard;

    ListenerCalls(Registry.Listener listener, Guard guard) {
        this.listener = listener;
        this.guard = guard;
    }

    void call(Consumer<Registry.Listener> what) {
        guard.run("calling the registry's listener", () -> what.accept(listener));
    }

    /** Hands on a line for the operator. */
    void notice(String line) {
        call(each -> each.problem(line));
    }
}
