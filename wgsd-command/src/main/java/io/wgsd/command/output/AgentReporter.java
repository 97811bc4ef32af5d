package io.wgsd.command.output;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.PeerState;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reports to the operator what changes for the peers, in one line each, and all events to programs as JSON. */
public final class AgentReporter implements AgentEvent.Listener {

    private final PrintWriter err;
    private final @Nullable PrintWriter json;
    private final UnaryOperator<String> names;

    /**
     * Makes a reporter.
     *
     * @param err takes lines for people
     * @param json takes events for programs; null if there are none
     * @param names adds the names of peers to a line
     */
    public AgentReporter(PrintWriter err, @Nullable PrintWriter json, UnaryOperator<String> names) {
        this.err = err;
        this.json = json;
        this.names = names;
    }

    @Override
    public void happened(AgentEvent event) {
        if (isForPeople(event)) {
            report(names.apply(AgentEventFormat.text(event)));
        }
        PrintWriter programs = json;
        if (programs != null) {
            programs.println(Json.write(AgentEventFormat.json(Instant.now(), event)));
            programs.flush();
        }
    }

    public void report(String line) {
        err.println("wgsd: " + line);
        err.flush();
    }

    /** Leaves out attempts and endpoints that were set, because their result is reported, and what changes nothing. */
    private static boolean isForPeople(AgentEvent event) {
        if (event instanceof AgentEvent.PeerChanged changed) {
            PeerState state = changed.peer().state();
            boolean attempt = state == PeerState.OPENING || state == PeerState.CALLING;
            boolean first = changed.from().isEmpty() && state == PeerState.WAITING;
            return !attempt && !first;
        }
        return !(event instanceof AgentEvent.EndpointSet || event instanceof AgentEvent.PeerRoamed);
    }
}
