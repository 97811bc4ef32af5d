package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.move.MoveDecider;
import io.wgsd.discovery.decide.move.MoveFacts;
import io.wgsd.discovery.decide.move.MoveMemory;
import io.wgsd.discovery.decide.move.MoveOrder;
import io.wgsd.discovery.decide.move.MoveSight;
import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Optional;

/** Looks at one peer as {@link MoveDecider} has to see it: pure functions. */
final class PeerMoves {

    /** A session so young may be a new one, which the other side began by the relay. */
    private static final Duration NEW = Duration.ofSeconds(15);

    private PeerMoves() {}

    /**
     * Returns what is remembered of a peer that has been decided about, with the move that is to be made, and why its
     * session is still on a relay.
     */
    static PeerMemory of(PeerMemory memory, Observation seen, PeerContext context) {
        MoveMemory before = memory.moves();
        boolean relayed = memory.state() == PeerState.RELAYED;
        if (!relayed && before.equals(MoveMemory.none())) {
            return memory;
        }
        MoveMemory moves = MoveDecider.decide(before, sight(memory, seen, context));
        MoveOrder order = moves.order();
        boolean sends = order != null && order.part() == MoveOrder.Part.MOVE;
        // A move sends datagrams too, after which the peer's host answers no others for some time.
        PeerMemory moved = memory.moves(moves).probes(sends ? memory.probes().disturbed(seen.at()) : memory.probes());
        return relayed
                ? moved.moves()
                        .reason()
                        .map(why -> moved.in(PeerState.RELAYED, why, seen.at()))
                        .orElse(moved)
                : moved;
    }

    private static MoveSight sight(PeerMemory memory, Observation seen, PeerContext context) {
        PublicKey key = memory.peer().publicKey();
        RelayNews news = context.relays().news();
        PeerFacts self = news.self();
        PeerFacts other = news.of(key);
        HandshakeOrder role = HandshakeOrder.of(context.own(), self, key, other);
        boolean known = self.natMapping().isPresent() && other.natMapping().isPresent();
        return new MoveSight(
                context.own(),
                key,
                role == HandshakeOrder.CALLER ? MoveOrder.Part.MOVE : MoveOrder.Part.OPEN,
                self.isDependent() == other.isDependent() && !known,
                way(memory.state()),
                memory.peer().endpoint().orElse(null),
                memory.session()
                        .age(seen.at())
                        .filter(age -> age.compareTo(NEW) < 0)
                        .isPresent(),
                new MoveFacts(direct(memory, seen, context), context.self(), other, self),
                context.roundTrip().multipliedBy(2),
                seen.at());
    }

    private static MoveSight.Way way(PeerState state) {
        return switch (state) {
            case RELAYED -> MoveSight.Way.RELAY;
            case DIRECT -> MoveSight.Way.DIRECT;
            default -> MoveSight.Way.NONE;
        };
    }

    private static Optional<Endpoint> direct(PeerMemory memory, Observation seen, PeerContext context) {
        return seen.candidates(memory.peer().publicKey()).stream()
                .filter(candidate -> candidate.refusal().isEmpty())
                .map(Candidate::endpoint)
                .filter(endpoint -> context.relays().at(endpoint).isEmpty())
                .findFirst();
    }
}
