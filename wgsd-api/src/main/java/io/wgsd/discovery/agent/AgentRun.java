package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentStats;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RelayStatus;
import java.util.List;

/** What takes an agent's steps when they are due, until it is closed. Implementations are thread-safe. */
public interface AgentRun extends AutoCloseable {

    /** Begins, and returns at once; throws IllegalStateException if it has begun before, or is closed. */
    void start();

    /** Returns what is known of each peer; empty before the first step. */
    List<PeerStatus> statuses();

    /** Returns what is known of each relay; empty before the first step. */
    List<RelayStatus> relays();

    /** Returns what was counted; nothing before the first step. */
    AgentStats stats();

    /** Ends it in order, and waits for that. */
    @Override
    void close();
}
