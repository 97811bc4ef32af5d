package io.wgsd.micrometer.families;

import static io.wgsd.micrometer.families.Family.counter;
import static io.wgsd.micrometer.families.Family.flag;
import static io.wgsd.micrometer.families.Family.gauge;

import io.wgsd.discovery.AgentStats;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.micrometer.families.Family.Kind;
import java.util.List;
import java.util.Locale;

/** What is shown of an agent, and of one of its peers. */
public final class AgentFamilies {

    public static final List<Family<AgentStats>> ALL = List.of(
            Family.<AgentStats>of(Kind.COUNTER, "wgsd.agent.readings", "Readings of the device.")
                    .with("result", "success", AgentStats::readings)
                    .with("result", "failure", AgentStats::failedReadings),
            Family.<AgentStats>of(Kind.COUNTER, "wgsd.agent.writes", "Changes to the device.")
                    .with("result", "success", AgentStats::writes)
                    .with("result", "failure", AgentStats::failedWrites),
            counter("wgsd.agent.endpoints.set", "", "Endpoints that were set.", AgentStats::endpointsSet),
            counter(
                    "wgsd.agent.peers.restarted",
                    "",
                    "Peers that were removed and added again, to begin a handshake at once.",
                    AgentStats::restarts),
            counter(
                    "wgsd.agent.datagrams.sent",
                    "",
                    "Datagrams through the tunnel that make WireGuard begin a handshake.",
                    AgentStats::datagrams),
            counter(
                    "wgsd.agent.keepalives.lent",
                    "",
                    "Persistent keepalives that were switched on for a time.",
                    AgentStats::keepalivesLent),
            peers());

    /** What is shown of one peer, where that is asked for. */
    public static final List<Family<PeerStatus>> PEER = List.of(
            gauge(
                    "wgsd.agent.peer.connected",
                    "",
                    "1 where the peer has a live session, otherwise 0.",
                    peer -> flag(peer.state() == PeerState.DIRECT)),
            gauge(
                    "wgsd.agent.peer.state.timestamp",
                    "seconds",
                    "Since when the peer is in its state, in seconds since 1970.",
                    peer -> Seconds.of(peer.since())));

    private AgentFamilies() {}

    private static Family<AgentStats> peers() {
        Family<AgentStats> family =
                Family.of(Kind.GAUGE, "wgsd.agent.peers", "Peers, by the state that the agent sees them in.");
        for (PeerState state : PeerState.values()) {
            family = family.with(
                    "state",
                    state.name().toLowerCase(Locale.ROOT),
                    stats -> stats.peers().getOrDefault(state, 0));
        }
        return family;
    }
}
