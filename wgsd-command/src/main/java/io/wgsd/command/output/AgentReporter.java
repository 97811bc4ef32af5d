package io.wgsd.command.output;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.model.Endpoint;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports to the operator what changes for the peers, in one line each, and all events to programs as JSON. */
public final class AgentReporter implements AgentEvent.Listener {

    private final PrintWriter err;
    private final @Nullable PrintWriter json;

    /**
     * Makes a reporter.
     *
     * @param err takes lines for people
     * @param json takes events for programs; null if there are none
     */
    public AgentReporter(PrintWriter err, @Nullable PrintWriter json) {
        this.err = err;
        this.json = json;
    }

    @Override
    public void happened(AgentEvent event) {
        text(event).ifPresent(this::report);
        PrintWriter programs = json;
        if (programs != null) {
            Map<String, @Nullable Object> object = json(event);
            programs.println(Json.write(object));
            programs.flush();
        }
    }

    public void report(String line) {
        err.println("wgsd: " + line);
        err.flush();
    }

    static Optional<String> text(AgentEvent event) {
        if (event instanceof AgentEvent.PeerChanged changed) {
            return text(changed.from(), changed.peer());
        }
        if (event instanceof AgentEvent.RegistryUp up) {
            return Optional.of("registry " + AddressText.of(up.server()) + " answers");
        }
        if (event instanceof AgentEvent.RegistryDown down) {
            return Optional.of(down.reason());
        }
        if (event instanceof AgentEvent.RegistryNotAsked not) {
            return Optional.of(not.reason());
        }
        if (event instanceof AgentEvent.StoreFailed failed) {
            return Optional.of(failed.reason());
        }
        if (event instanceof AgentEvent.NameNotResolved not) {
            return Optional.of(not.reason());
        }
        if (event instanceof AgentEvent.Ended ended) {
            return Optional.of(ended.reason());
        }
        if (event instanceof AgentEvent.DeviceUp up) {
            return Optional.of("device " + up.device() + " is there");
        }
        if (event instanceof AgentEvent.DeviceDown down) {
            return Optional.of(down.reason());
        }
        return Optional.empty();
    }

    /** Leaves out attempts, because their result is reported. */
    private static Optional<String> text(Optional<PeerState> from, PeerStatus peer) {
        boolean attempts = peer.state() == PeerState.OPENING || peer.state() == PeerState.CALLING;
        boolean first = from.isEmpty() && peer.state() == PeerState.WAITING;
        return attempts || first
                ? Optional.empty()
                : Optional.of(peer + from.map(state -> " (was " + state + ")").orElse(""));
    }

    static Map<String, @Nullable Object> json(AgentEvent event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("time", Instant.now());
        if (event instanceof AgentEvent.PeerChanged changed) {
            json.put("event", "peer");
            json.put("from", changed.from().map(AgentReporter::name).orElse(null));
            json.putAll(PeerStatusFormat.json(changed.peer()));
        } else if (event instanceof AgentEvent.EndpointSet set) {
            json.put("event", "endpoint");
            json.put("publicKey", set.publicKey().toBase64());
            json.put("endpoint", set.endpoint().toString());
            json.put("previous", set.previous().map(Endpoint::toString).orElse(null));
        } else if (event instanceof AgentEvent.RegistryUp up) {
            json.put("event", "registryUp");
            json.put("server", AddressText.of(up.server()));
        } else if (event instanceof AgentEvent.RegistryDown down) {
            json.put("event", "registryDown");
            json.put("server", AddressText.of(down.server()));
            json.put("reason", down.reason());
        } else if (event instanceof AgentEvent.RegistryNotAsked not) {
            json.put("event", "registryNotAsked");
            json.put("server", AddressText.of(not.server()));
            json.put("reason", not.reason());
        } else if (event instanceof AgentEvent.StoreFailed failed) {
            json.put("event", "storeFailed");
            json.put("reason", failed.reason());
        } else if (event instanceof AgentEvent.NameNotResolved not) {
            json.put("event", "nameNotResolved");
            json.put("reason", not.reason());
        } else if (event instanceof AgentEvent.Ended ended) {
            json.put("event", "ended");
            json.put("reason", ended.reason());
        } else if (event instanceof AgentEvent.DeviceUp up) {
            json.put("event", "deviceUp");
            json.put("device", up.device());
        } else if (event instanceof AgentEvent.DeviceDown down) {
            json.put("event", "deviceDown");
            json.put("device", down.device());
            json.put("reason", down.reason());
        }
        return json;
    }

    private static String name(PeerState state) {
        return PeerStatusFormat.name(state);
    }
}
