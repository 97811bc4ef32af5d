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
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at one peer as {@link MoveDecider} has to see it: pure functions. */
final class PeerMoves {

    /** A session so young may be a new one, which the other side began by the relay. */
    private static final Duration NEW = Duration.ofSeconds(15);

    private PeerMoves() {}

    /**
     * What may be done about one peer.
     *
     * @param calm what is remembered of it where nothing is done
     * @param ordered what is remembered where that is done; null where there is nothing to do
     */
    record Plan(PeerMemory calm, @Nullable PeerMemory ordered) implements Comparable<Plan> {

        boolean isMove() {
            return order().part() == MoveOrder.Part.MOVE;
        }

        /**
         * Peers that have just come to the relay, or with news, come first; then what only takes some milliseconds; then
         * those whose turn was the longest ago.
         */
        @Override
        public int compareTo(Plan other) {
            return Comparator.comparing(Plan::hadATurn)
                    .thenComparing(Plan::isMove)
                    .thenComparingLong(Plan::nanos)
                    .thenComparing(plan -> plan.calm().peer().publicKey())
                    .compare(this, other);
        }

        private boolean hadATurn() {
            return calm.moves().last() != null;
        }

        private long nanos() {
            Moment last = calm.moves().last();
            return last == null ? 0 : last.nanos();
        }

        private MoveOrder order() {
            return Objects.requireNonNull(
                    Objects.requireNonNull(ordered).moves().order());
        }
    }

    /**
     * Returns what is remembered of a peer that has been decided about, with the move that could be made, and why its
     * session is still on a relay.
     */
    static Plan of(PeerMemory memory, Observation seen, PeerContext context) {
        MoveMemory before = memory.moves();
        boolean relayed = memory.state() == PeerState.RELAYED;
        if (!relayed && before.equals(MoveMemory.none())) {
            return new Plan(memory, null);
        }
        MoveSight sight = sight(memory, seen, context);
        PeerMemory followed = memory.moves(MoveDecider.follow(before, sight));
        PeerMemory calm = relayed
                ? followed.moves()
                        .reason()
                        .map(why -> followed.in(PeerState.RELAYED, why, seen.at()))
                        .orElse(followed)
                : followed;
        MoveMemory ordered = MoveDecider.order(calm.moves(), sight);
        MoveOrder order = ordered.order();
        if (order == null) {
            return new Plan(calm, null);
        }
        boolean sends = order.part() == MoveOrder.Part.MOVE;
        // A move sends datagrams too, after which the peer's host answers no others for some time.
        return new Plan(calm, calm.moves(ordered).probes(sends ? calm.probes().disturbed(seen.at()) : calm.probes()));
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
