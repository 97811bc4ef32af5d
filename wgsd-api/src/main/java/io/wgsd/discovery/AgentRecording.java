package io.wgsd.discovery;

import io.wgsd.discovery.agent.Replay;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an agent has recorded by {@link DiscoveryAgentBuilder#recorder}, decided again: the same lines lead to the same
 * decisions, on any machine and at any time.
 */
public final class AgentRecording {

    private AgentRecording() {}

    /**
     * What the agent did or found out. Immutable and thread-safe.
     *
     * @param at when, by the wall clock of the agent's host
     * @param event what happened
     */
    public record Entry(Instant at, AgentEvent event) {}

    /**
     * Makes an agent's decisions again; blocks only where the stream of lines does.
     *
     * @param lines what was recorded, from the agent's start on; the stream stays the caller's to close
     * @return what the agent did to its peers and found out about them and about relays, in order; its other events are
     *     not recorded
     * @throws io.wgsd.model.FormatException if a line makes no sense
     */
    public static List<Entry> replay(Stream<String> lines) {
        return Replay.of(lines);
    }
}
