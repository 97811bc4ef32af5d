package io.wgsd.micrometer.families;

import static io.wgsd.micrometer.families.Family.counter;
import static io.wgsd.micrometer.families.Family.flag;
import static io.wgsd.micrometer.families.Family.gauge;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.micrometer.families.Family.Kind;
import java.util.List;
import java.util.Locale;

/** What is shown of an agent, and of one of its peers. */
public final class AgentFamilies {

    public static final List<Family<AgentReading>> ALL = List.of(
            Family.<AgentReading>of(Kind.COUNTER, "wgsd.agent.readings", "Readings of the device.")
                    .with("result", "success", reading -> reading.stats().readings())
                    .with("result", "failure", reading -> reading.stats().failedReadings()),
            Family.<AgentReading>of(Kind.COUNTER, "wgsd.agent.writes", "Changes to the device.")
                    .with("result", "success", reading -> reading.stats().writes())
                    .with("result", "failure", reading -> reading.stats().failedWrites()),
            counter(
                    "wgsd.agent.endpoints.set",
                    "",
                    "Endpoints that were set.",
                    reading -> reading.stats().endpointsSet()),
            counter(
                    "wgsd.agent.peers.restarted",
                    "",
                    "Peers that were removed and added again, to begin a handshake at once.",
                    reading -> reading.stats().restarts()),
            counter(
                    "wgsd.agent.datagrams.sent",
                    "",
                    "Datagrams through the tunnel that make WireGuard begin a handshake.",
                    reading -> reading.stats().datagrams()),
            counter(
                    "wgsd.agent.keepalives.lent",
                    "",
                    "Persistent keepalives that were switched on for a time.",
                    reading -> reading.stats().keepalivesLent()),
            peers(),
            registries(),
            gauge(
                    "wgsd.agent.device.up",
                    "",
                    "1 where the device is there and can be read and written, otherwise 0.",
                    reading -> flag(reading.health().isDeviceUp())),
            gauge(
                    "wgsd.agent.working",
                    "",
                    "1 where the device is up and a registry answers, otherwise 0.",
                    reading -> flag(reading.health().isWorking())),
            gauge(
                    "wgsd.agent.restart.needed",
                    "",
                    "1 where the agent has ended, so that a restart would help, otherwise 0.",
                    reading -> flag(reading.health().wouldRestartHelp())));

    /** What is shown of one peer, where that is asked for. */
    public static final List<Family<PeerStatus>> PEER = List.of(
            gauge(
                    "wgsd.agent.peer.connected",
                    "",
                    "1 where the peer has a live session, direct or relayed, otherwise 0.",
                    peer -> flag(peer.state() == PeerState.DIRECT || peer.state() == PeerState.RELAYED)),
            gauge(
                    "wgsd.agent.peer.state.timestamp",
                    "seconds",
                    "Since when the peer is in its state, in seconds since 1970.",
                    peer -> Seconds.of(peer.since())));

    private AgentFamilies() {}

    private static Family<AgentReading> peers() {
        Family<AgentReading> family =
                Family.of(Kind.GAUGE, "wgsd.agent.peers", "Peers, by the state that the agent sees them in.");
        for (PeerState state : PeerState.values()) {
            family = family.with(
                    "state",
                    state.name().toLowerCase(Locale.ROOT),
                    reading -> reading.stats().peers().getOrDefault(state, 0));
        }
        return family;
    }

    private static Family<AgentReading> registries() {
        Family<AgentReading> family =
                Family.of(Kind.GAUGE, "wgsd.agent.registries", "Registries, by whether they answer.");
        for (RegistryStatus.State state : RegistryStatus.State.values()) {
            family = family.with(
                    "state",
                    state.name().toLowerCase(Locale.ROOT),
                    reading -> reading.health().registries().stream()
                            .filter(registry -> registry.state() == state)
                            .count());
        }
        return family;
    }
}
