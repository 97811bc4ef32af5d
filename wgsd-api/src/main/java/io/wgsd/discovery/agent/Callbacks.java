package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.Trigger;
import io.wgsd.internal.Uncaught;
import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls the listener, the recorder and the trigger that the caller has handed in: what one of them throws goes to the
 * thread's uncaught exception handler, and prevents nothing else.
 */
public final class Callbacks {

    private final AgentEvent.Listener listener;
    private final @Nullable Consumer<String> recorder;
    private final Trigger trigger;

    Callbacks(AgentParts parts) {
        listener = parts.listener();
        recorder = parts.recorder();
        trigger = parts.trigger();
    }

    void report(AgentEvent event) {
        call(() -> listener.happened(event));
    }

    boolean isRecording() {
        return recorder != null;
    }

    void record(String line) {
        Consumer<String> taking = recorder;
        if (taking != null) {
            call(() -> taking.accept(line));
        }
    }

    void pull(Device device, Collection<PublicKey> peers) {
        call(() -> trigger.pull(device, peers));
    }

    Optional<Trigger.Probe> probe(Device device, PublicKey peer) {
        try {
            return trigger.probe(device, peer);
        } catch (RuntimeException e) {
            Uncaught.report(e);
            return Optional.empty();
        }
    }

    private static void call(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            Uncaught.report(e);
        }
    }
}
