package io.wgsd.command.output;

import io.wgsd.command.log.Level;
import io.wgsd.command.log.Log;
import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.PeerState;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reports to the operator what changes for the peers, in one line each, and all events to programs as JSON. */
public final class AgentReporter implements AgentEvent.Listener {

    private final Log log;
    private final @Nullable PrintWriter json;

    /**
     * Makes a reporter.
     *
     * @param log takes lines for people
     * @param json takes events for programs; null if there are none
     */
    public AgentReporter(Log log, @Nullable PrintWriter json) {
        this.log = log;
        this.json = json;
    }

    @Override
    public void happened(AgentEvent event) {
        log.write(level(event), AgentEventFormat.text(event));
        PrintWriter programs = json;
        if (programs != null) {
            programs.println(Json.write(AgentEventFormat.json(Instant.now(), event)));
            programs.flush();
        }
    }

    /**
     * Returns how much an event matters: attempts and endpoints that were set have their result reported, and other
     * events change nothing.
     */
    private static Level level(AgentEvent event) {
        if (event instanceof AgentEvent.PeerChanged changed) {
            PeerState state = changed.peer().state();
            boolean attempt = state == PeerState.OPENING || state == PeerState.CALLING;
            boolean first = changed.from().isEmpty() && state == PeerState.WAITING;
            if (attempt || first) {
                return Level.DEBUG;
            }
            return state == PeerState.UNREACHABLE ? Level.WARN : Level.INFO;
        }
        if (event instanceof AgentEvent.EndpointSet || event instanceof AgentEvent.PeerRoamed) {
            return Level.DEBUG;
        }
        if (event instanceof AgentEvent.Ended) {
            return Level.ERROR;
        }
        boolean harmless = event instanceof AgentEvent.RegistryUp
                || event instanceof AgentEvent.RelayUp
                || event instanceof AgentEvent.DeviceUp
                || event instanceof AgentEvent.CandidatesNotRegistered;
        return harmless ? Level.INFO : Level.WARN;
    }
}
