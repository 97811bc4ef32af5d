package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.decide.move.MoveOrder;
import io.wgsd.discovery.decide.move.MoveReport;
import io.wgsd.discovery.decide.relay.RelayMemory;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that an agent remembers from one decision to the next. Immutable and thread-safe.
 *
 * @param own the device's public key; empty before the first decision
 * @param peers what is remembered of each peer
 * @param attempts how many attempts are left, for all peers together
 * @param questions how many questions are left
 * @param destinations how many attempts are left at each address; an address that is missing has all
 * @param relays what is remembered of relays
 * @param restUntil until when no other session is moved, so that moves take half of the time; null where any may be
 * @param reachable whether any registry answered
 * @param latest the latest time that the wall clock has shown
 * @param seed what makes two hosts' pauses differ
 */
public record AgentMemory(
        Optional<PublicKey> own,
        Map<PublicKey, PeerMemory> peers,
        TokenBucket attempts,
        TokenBucket questions,
        Map<IpAddress, TokenBucket> destinations,
        RelayMemory relays,
        @Nullable Moment restUntil,
        boolean reachable,
        Instant latest,
        long seed) {

    public AgentMemory {
        peers = Collections.unmodifiableMap(peers);
        destinations = Map.copyOf(destinations);
    }

    public static AgentMemory initial(long seed, Moment at) {
        return new AgentMemory(
                Optional.empty(),
                Map.of(),
                DeviceDecider.ATTEMPTS.full(at),
                DeviceDecider.QUESTIONS.full(at),
                Map.of(),
                RelayMemory.none(),
                null,
                false,
                at.wall(),
                seed);
    }

    /**
     * Returns the memory without what was known of peers, for when the device is gone or has another key. Relays that
     * were added stay known, since they are removed again wherever they are.
     */
    public AgentMemory withoutDevice() {
        return new AgentMemory(
                Optional.empty(), Map.of(), attempts, questions, destinations, relays, null, reachable, latest, seed);
    }

    /**
     * Returns what is remembered of each peer of a device once it has been read again, in the device's order.
     *
     * @param device the device as it was read; without a private key it has no peers that could be reached
     * @param at when it was read
     */
    public List<PeerMemory> read(Device device, Moment at) {
        Optional<PublicKey> key = device.publicKey();
        if (key.isEmpty()) {
            return List.of();
        }
        Map<PublicKey, PeerMemory> known = own.equals(key) ? peers : Map.of();
        List<PeerMemory> readings = new ArrayList<>(device.peers().size());
        for (Peer peer : device.peers()) {
            PeerMemory before = known.get(peer.publicKey());
            readings.add(before == null ? PeerMemory.first(peer, at) : before.read(peer, at));
        }
        return readings;
    }

    /** Returns what is being done so that a peer's session leaves its relay; one move at a time. */
    public Optional<MoveOrder> move() {
        for (PeerMemory memory : peers.values()) {
            MoveOrder order = memory.moves().order();
            if (order != null) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    /** Returns the memory after it is known what came of such an order. */
    public AgentMemory reported(MoveReport report) {
        PeerMemory memory = peers.get(report.peer());
        if (memory == null) {
            return this;
        }
        Map<PublicKey, PeerMemory> changed = new LinkedHashMap<>(peers);
        changed.put(report.peer(), memory.moves(memory.moves().reported(report)));
        return new AgentMemory(
                own, changed, attempts, questions, destinations, relays, restUntil, reachable, latest, seed);
    }

    /** Returns what is known of each peer, as of some time. */
    public List<PeerStatus> statuses(Moment now) {
        return peers.values().stream()
                .map(memory -> memory.status(now, latest))
                .sorted(Comparator.comparing(PeerStatus::publicKey))
                .toList();
    }
}
