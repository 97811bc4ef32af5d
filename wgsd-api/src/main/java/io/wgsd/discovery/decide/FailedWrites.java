package io.wgsd.discovery.decide;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.relay.RelayDecision;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Moment;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes what could not be written out of a decision, so that it is neither remembered nor reported as done. */
public final class FailedWrites {

    private static final Set<PeerState> ATTEMPTED = Set.of(PeerState.SILENT, PeerState.UNREACHABLE);

    private FailedWrites() {}

    /**
     * Returns the decision without what could not be written.
     *
     * @param decision what was decided
     * @param before what was remembered before it
     * @param why for each peer that was not written, why
     * @param at when it was decided
     */
    public static DeviceDecision of(
            DeviceDecision decision, AgentMemory before, Map<PublicKey, String> why, Moment at) {
        if (why.isEmpty()) {
            return decision;
        }
        Map<PublicKey, PeerMemory> peers = new LinkedHashMap<>(decision.state().peers());
        why.forEach((key, reason) ->
                peers.computeIfPresent(key, (same, planned) -> of(planned, known(before, decision, key), reason, at)));
        List<PublicKey> datagrams = new ArrayList<>(decision.datagrams());
        datagrams.removeAll(why.keySet());
        Set<PublicKey> lent = new HashSet<>(decision.lent());
        lent.removeAll(why.keySet());
        AgentMemory state = decision.state();
        RelayDecision relays = decision.relays().undone(before.relays(), why, at);
        return new DeviceDecision(
                new AgentMemory(
                        state.own(),
                        peers,
                        state.attempts(),
                        state.questions(),
                        state.destinations(),
                        relays.memory(),
                        state.restUntil(),
                        state.reachable(),
                        state.latest(),
                        state.seed()),
                decision.change().flatMap(change -> without(change, why.keySet())),
                lent,
                datagrams,
                decision.questions(),
                decision.events().stream()
                        .flatMap(event -> reported(event, peers, why.keySet(), at).stream())
                        .toList(),
                relays,
                decision.lookAgainIn());
    }

    private static @Nullable PeerMemory known(AgentMemory before, DeviceDecision decision, PublicKey key) {
        return before.own().equals(decision.state().own()) ? before.peers().get(key) : null;
    }

    private static PeerMemory of(PeerMemory planned, @Nullable PeerMemory before, String why, Moment at) {
        PeerMemory read = before == null ? PeerMemory.first(planned.peer(), at) : before.read(planned.peer(), at);
        PeerState state = ATTEMPTED.contains(planned.state()) ? read.state() : planned.state();
        // The peer was seen not to answer, whether the write failed or not.
        Session session = planned.session().isDoubted() ? read.session().doubted() : read.session();
        return read.session(session)
                .advertised(planned.advertised())
                .without(planned.without())
                .ask(planned.ask())
                .attempts(notAttempted(planned.attempts(), read.attempts()))
                .in(state, why, at);
    }

    /** Returns the series as it was, with the time at which it is tried again. */
    private static @Nullable Attempts notAttempted(@Nullable Attempts planned, @Nullable Attempts before) {
        if (planned == null) {
            return null;
        }
        Attempts series = before != null && before.started().equals(planned.started())
                ? before
                : Attempts.begin(planned.targets(), planned.started(), planned.due())
                        .relayFirst(planned.relayFirst());
        return series.targets(planned.targets()).due(planned.due()).known();
    }

    private static Optional<DeviceChange> without(DeviceChange change, Set<PublicKey> keys) {
        List<PeerChange> left = change.peers().stream()
                .filter(part -> !keys.contains(part.publicKey()))
                .toList();
        DeviceChange.Builder builder = DeviceChange.builder();
        left.forEach(part -> copy(part, builder));
        return left.isEmpty() ? Optional.empty() : Optional.of(builder.build());
    }

    /** An agent changes nothing else. */
    private static void copy(PeerChange part, DeviceChange.Builder change) {
        PeerChange.Builder copy = change.peer(part.publicKey());
        if (part.isRestart()) {
            copy.restart();
        }
        if (part.isUpdateOnly()) {
            copy.updateOnly();
        }
        part.endpoint().ifPresent(copy::endpoint);
        part.persistentKeepalive().ifPresent(copy::persistentKeepalive);
    }

    private static Optional<AgentEvent> reported(
            AgentEvent event, Map<PublicKey, PeerMemory> peers, Set<PublicKey> undone, Moment at) {
        if (event instanceof AgentEvent.EndpointSet set) {
            return undone.contains(set.publicKey()) ? Optional.empty() : Optional.of(event);
        }
        if (event instanceof AgentEvent.PeerChanged changed
                && undone.contains(changed.peer().publicKey())) {
            PeerMemory memory = peers.get(changed.peer().publicKey());
            return memory == null || changed.from().equals(Optional.of(memory.state()))
                    ? Optional.empty()
                    : Optional.of(new AgentEvent.PeerChanged(changed.from(), memory.status(at)));
        }
        return Optional.of(event);
    }
}
