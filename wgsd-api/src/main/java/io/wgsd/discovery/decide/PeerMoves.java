package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.local.LocalTries;
import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.discovery.decide.move.MoveDecider;
import io.wgsd.discovery.decide.move.MoveFacts;
import io.wgsd.discovery.decide.move.MoveMemory;
import io.wgsd.discovery.decide.move.MoveOrder;
import io.wgsd.discovery.decide.move.MoveSight;
import io.wgsd.discovery.decide.move.MoveSight.Kind;
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

    /** In each both sides have both parts once. */
    private static final Duration TURN = Duration.ofMinutes(2);

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
        boolean detour = isDetour(memory, seen, context);
        if (!relayed && !detour && before.equals(MoveMemory.none())) {
            return new Plan(memory, null);
        }
        MoveSight sight = sight(memory, seen, context, detour);
        PeerMemory followed = memory.moves(MoveDecider.follow(before, sight));
        PeerMemory calm = relayed || detour
                ? followed.moves()
                        .reason()
                        .map(why -> followed.in(memory.state(), why, seen.at()))
                        .orElse(followed)
                : followed;
        MoveMemory ordered = MoveDecider.order(calm.moves(), sight);
        MoveOrder order = ordered.order();
        boolean local = sight.target().kind() == Kind.LOCAL;
        if (order == null || (local && !isAllowed(calm.local(), order.part(), seen.at()))) {
            return new Plan(calm, null);
        }
        boolean sends = order.part() == MoveOrder.Part.MOVE;
        // A move sends datagrams too, after which the peer's host answers no others for some time.
        PeerMemory next = calm.moves(ordered).probes(sends ? calm.probes().disturbed(seen.at()) : calm.probes());
        return new Plan(calm, local ? next.local(counted(next.local(), order, seen)) : next);
    }

    private static boolean isAllowed(LocalTries tries, MoveOrder.Part part, Moment at) {
        return part == MoveOrder.Part.MOVE ? tries.mayMove(at) : tries.mayOpen(at);
    }

    private static LocalTries counted(LocalTries tries, MoveOrder order, Observation seen) {
        return order.part() == MoveOrder.Part.MOVE ? tries.moved(seen.at()) : tries.initiated(seen.at());
    }

    /**
     * Returns whether a session goes to the NAT that both are behind and back, although the peer has an address in this
     * host's own network.
     */
    private static boolean isDetour(PeerMemory memory, Observation seen, PeerContext context) {
        return memory.state() == PeerState.DIRECT
                && !memory.isLocal()
                && !seen.nearby(memory.peer().publicKey()).local().isEmpty()
                && context.self()
                        .map(Endpoint::address)
                        .equals(memory.peer().endpoint().map(Endpoint::address));
    }

    private static MoveSight sight(PeerMemory memory, Observation seen, PeerContext context, boolean detour) {
        PublicKey key = memory.peer().publicKey();
        RelayNews news = context.relays().news();
        PeerFacts self = news.self();
        PeerFacts other = news.of(key);
        HandshakeOrder role = HandshakeOrder.of(context.own(), self, key, other);
        MoveOrder.Part part = role == HandshakeOrder.CALLER ? MoveOrder.Part.MOVE : MoveOrder.Part.OPEN;
        Nearby nearby = seen.nearby(key);
        Optional<Endpoint> direct = direct(memory, seen, context);
        MoveSight.Target target = target(memory, nearby, part, detour ? Optional.empty() : direct, context);
        boolean known = self.natMapping().isPresent() && other.natMapping().isPresent();
        return new MoveSight(
                context.own(),
                key,
                part,
                target.kind() == Kind.OTHER || (self.isDependent() == other.isDependent() && !known),
                detour ? MoveSight.Way.RELAY : way(memory.state()),
                memory.peer().endpoint().orElse(null),
                memory.session()
                        .age(seen.at())
                        .filter(age -> age.compareTo(NEW) < 0)
                        .isPresent(),
                new MoveFacts(
                        direct,
                        context.self(),
                        other,
                        self,
                        nearby.local().stream().findFirst(),
                        nearby.others().stream().findFirst()),
                target,
                context.roundTrip().multipliedBy(2),
                seen.at());
    }

    /**
     * Chooses the best target that may be tried. Where nothing is known against the public one, it takes turns with
     * another, by the wall clock, which both sides have.
     */
    private static MoveSight.Target target(
            PeerMemory memory, Nearby nearby, MoveOrder.Part part, Optional<Endpoint> direct, PeerContext context) {
        Moment at = context.at();
        LocalTries tries = memory.local();
        boolean may = tries.mayMove(at) || isAllowed(tries, part, at);
        if (may && !nearby.local().isEmpty()) {
            int turn = part == MoveOrder.Part.MOVE ? tries.moves() : tries.initiations();
            return new MoveSight.Target(
                    Optional.of(nearby.local().get(turn / 2 % nearby.local().size())), Kind.LOCAL);
        }
        Optional<Endpoint> other = direct.isEmpty() && memory.state() == PeerState.DIRECT
                ? Optional.empty()
                : nearby.others().stream().findFirst();
        boolean odd = Math.floorMod(at.wall().getEpochSecond() / TURN.toSeconds(), 2) == 1;
        boolean hopeless = context.relays().isNeitherReachable(memory.peer().publicKey());
        return other.isPresent() && (direct.isEmpty() || hopeless || odd)
                ? new MoveSight.Target(other, Kind.OTHER)
                : new MoveSight.Target(direct, Kind.PUBLIC);
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
