package io.wgsd.command.output;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.model.Endpoint;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats what happens to an agent, for people and for programs. */
public final class AgentEventFormat {

    private AgentEventFormat() {}

    /** Returns an event in one line. */
    public static String text(AgentEvent event) {
        if (event instanceof AgentEvent.PeerChanged changed) {
            return changed.peer()
                    + changed.from().map(state -> " (was " + state + ")").orElse("");
        }
        if (event instanceof AgentEvent.EndpointSet set) {
            return set.publicKey() + " endpoint set to " + set.endpoint() + ", was "
                    + set.previous().map(Endpoint::toString).orElse("none");
        }
        if (event instanceof AgentEvent.PeerRoamed roamed) {
            return roamed.publicKey() + " sends from " + roamed.endpoint() + ", was " + roamed.previous();
        }
        if (event instanceof AgentEvent.RegistryUp up) {
            return "registry " + AddressText.of(up.server()) + " answers";
        }
        if (event instanceof AgentEvent.RegistryDown down) {
            return down.reason();
        }
        if (event instanceof AgentEvent.RegistryNotAsked not) {
            return not.reason();
        }
        if (event instanceof AgentEvent.StoreFailed failed) {
            return failed.reason();
        }
        if (event instanceof AgentEvent.NameNotResolved not) {
            return not.reason();
        }
        if (event instanceof AgentEvent.CandidatesNotRegistered not) {
            return not.reason();
        }
        if (event instanceof AgentEvent.TlsUp up) {
            return "no UDP gets through: packets are carried to " + up.server() + " over TLS";
        }
        if (event instanceof AgentEvent.TlsDown down) {
            return "packets are not carried to " + down.server() + " over TLS: " + down.reason();
        }
        if (event instanceof AgentEvent.RelayUp up) {
            return "relay " + up.relay() + " at " + up.endpoint() + " answers";
        }
        if (event instanceof AgentEvent.RelayDown down) {
            return down.reason();
        }
        if (event instanceof AgentEvent.Ended ended) {
            return ended.reason();
        }
        if (event instanceof AgentEvent.DeviceUp up) {
            return "device " + up.device() + " is there";
        }
        if (event instanceof AgentEvent.DeviceDown down) {
            return down.reason();
        }
        return event.toString();
    }

    /** Returns the fields of an event, as the page on the agent lists them. */
    public static Map<String, @Nullable Object> json(Instant time, AgentEvent event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("time", time);
        if (event instanceof AgentEvent.PeerChanged changed) {
            json.put("event", "peer");
            json.put("from", changed.from().map(PeerStatusFormat::name).orElse(null));
            json.putAll(PeerStatusFormat.json(changed.peer()));
        } else if (event instanceof AgentEvent.EndpointSet set) {
            json.put("event", "endpoint");
            json.put("publicKey", set.publicKey().toBase64());
            json.put("endpoint", set.endpoint().toString());
            json.put("previous", set.previous().map(Endpoint::toString).orElse(null));
        } else if (event instanceof AgentEvent.PeerRoamed roamed) {
            json.put("event", "roamed");
            json.put("publicKey", roamed.publicKey().toBase64());
            json.put("endpoint", roamed.endpoint().toString());
            json.put("previous", roamed.previous().toString());
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
        } else if (event instanceof AgentEvent.CandidatesNotRegistered not) {
            json.put("event", "candidatesNotRegistered");
            json.put("server", AddressText.of(not.server()));
            json.put("reason", not.reason());
        } else if (event instanceof AgentEvent.TlsUp up) {
            json.put("event", "tlsUp");
            json.put("server", up.server());
        } else if (event instanceof AgentEvent.TlsDown down) {
            json.put("event", "tlsDown");
            json.put("server", down.server());
            json.put("reason", down.reason());
        } else if (event instanceof AgentEvent.RelayUp up) {
            json.put("event", "relayUp");
            json.put("publicKey", up.relay().toBase64());
            json.put("endpoint", up.endpoint().toString());
        } else if (event instanceof AgentEvent.RelayDown down) {
            json.put("event", "relayDown");
            json.put("publicKey", down.relay().toBase64());
            json.put("reason", down.reason());
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
}
