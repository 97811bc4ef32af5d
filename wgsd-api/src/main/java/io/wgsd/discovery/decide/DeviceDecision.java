package io.wgsd.discovery.decide;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.decide.relay.RelayDecision;
import io.wgsd.internal.Durations;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an agent is to do. Immutable and thread-safe.
 *
 * @param state what is to be remembered
 * @param change what is to be written; empty where nothing is
 * @param lent the peers whose persistent keepalive the change switches on, which is to be stored first
 * @param datagrams the peers that are to be sent a datagram after that
 * @param questions the peers that the registries are to be asked about
 * @param events what is reported to a listener
 * @param relays what is to be done about relays, which is written after the change and reported after the events
 * @param lookAgainIn after how long the device should be read again
 */
public record DeviceDecision(
        AgentMemory state,
        Optional<DeviceChange> change,
        Set<PublicKey> lent,
        List<PublicKey> datagrams,
        List<PublicKey> questions,
        List<AgentEvent> events,
        RelayDecision relays,
        Duration lookAgainIn) {

    /** Returns whether anything is to be written. */
    public boolean writes() {
        return change.isPresent() || relays.writes();
    }

    public boolean restarts() {
        return change.map(DeviceChange::peers).orElse(List.of()).stream().anyMatch(PeerChange::isRestart);
    }

    /** Returns this decision with that about some peers replaced by another one's. */
    DeviceDecision replacing(Set<PublicKey> concerned, DeviceDecision other) {
        Map<PublicKey, PeerMemory> peers = new LinkedHashMap<>(state.peers());
        // A peer that has vanished meanwhile stays known, so that the next decision reports it as gone.
        peers.putAll(other.state().peers());
        AgentMemory merged = new AgentMemory(
                state.own(),
                peers,
                other.state().attempts(),
                state.questions(),
                other.state().destinations(),
                other.state().relays(),
                state.restUntil(),
                state.reachable(),
                state.latest(),
                state.seed());
        return new DeviceDecision(
                merged,
                other.change(),
                other.lent(),
                other.datagrams(),
                questions,
                Stream.concat(events.stream().filter(event -> !concerns(event, concerned)), other.events().stream())
                        .toList(),
                other.relays(),
                Durations.min(lookAgainIn, other.lookAgainIn()));
    }

    private static boolean concerns(AgentEvent event, Set<PublicKey> keys) {
        return (event instanceof AgentEvent.PeerChanged changed
                        && keys.contains(changed.peer().publicKey()))
                || (event instanceof AgentEvent.EndpointSet set && keys.contains(set.publicKey()));
    }
}
