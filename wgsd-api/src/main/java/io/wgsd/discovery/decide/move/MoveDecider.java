package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.decide.move.MoveSight.Kind;
import io.wgsd.discovery.decide.move.MoveSight.Way;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides when a session that runs over a relay is to be moved to the direct path: a pure function of what is
 * remembered and what is seen.
 */
public final class MoveDecider {

    /** A peer that goes back so often wants the relay: some phones keep to the endpoint that they were given. */
    static final int MOST_PULLS = 2;

    /** A pair moves no more often than this in an hour, while both stay in their networks. */
    static final int MOST_MOVES = 6;

    /** The same, whatever the networks are. */
    static final int MOST_MOVES_IN_ALL = 24;

    static final Duration HOUR = Duration.ofHours(1);

    /** A direct path that is lost so soon after a move was perhaps none. */
    private static final Duration PROBATION = Duration.ofMinutes(5);

    /** News restart the schedule no more often than this. */
    private static final Duration NEWS = Duration.ofSeconds(30);

    private MoveDecider() {}

    /**
     * Returns what is to be remembered.
     *
     * @param memory what is remembered of a peer for which no order is being carried out
     */
    public static MoveMemory follow(MoveMemory memory, MoveSight sight) {
        if (sight.way() != Way.RELAY) {
            return away(memory, sight);
        }
        return heedNews(memory.begun() == null ? arrived(memory, sight) : memory, sight);
    }

    /** Notes that the session does not run over a relay, and whether it did until now. */
    private static MoveMemory away(MoveMemory memory, MoveSight sight) {
        boolean direct = sight.way() == Way.DIRECT;
        if (memory.begun() == null) {
            return direct || memory.interrupted() || memory.moves().isEmpty()
                    ? memory
                    : memory.edit(draft -> draft.interrupted = true);
        }
        return memory.edit(draft -> {
            draft.begun = null;
            draft.last = null;
            draft.outcome = null;
            draft.interrupted = !direct;
            if (direct) {
                draft.moves = new ArrayList<>(inTheLastHour(memory, sight.at()));
                draft.moves.add(Departure.of(sight.facts(), sight.at()));
            }
        });
    }

    /** It is on a relay now; perhaps again, soon after it was moved. */
    private static MoveMemory arrived(MoveMemory memory, MoveSight sight) {
        Moment at = sight.at();
        if (isLeftAlone(memory, at)) {
            // Neither a new session nor news change what the peer does.
            return memory.edit(draft -> {
                draft.begun = at;
                draft.last = null;
                draft.outcome = null;
            });
        }
        List<Departure> moves = memory.moves();
        // A session that is at the NAT of both may have come from a relay, and be on its way.
        boolean again = sight.target().kind() != Kind.LOCAL
                && !moves.isEmpty()
                && at.since(moves.get(moves.size() - 1).at()).compareTo(PROBATION) < 0;
        boolean pulled = again && !memory.interrupted() && !sight.newHandshake();
        return memory.edit(draft -> {
            draft.begun = at;
            draft.last = null;
            draft.outcome = null;
            draft.pulls = pulled ? memory.pulls() + 1 : again ? memory.pulls() : 0;
            draft.losses = again ? memory.losses() + 1 : 0;
            draft.notBefore =
                    !again ? null : at.plus(draft.pulls >= MOST_PULLS ? HOUR : MoveSchedule.afterLosses(draft.losses));
        });
    }

    private static boolean isLeftAlone(MoveMemory memory, Moment at) {
        Moment pause = memory.notBefore();
        return memory.pulls() >= MOST_PULLS && pause != null && !pause.hasCome(at);
    }

    /** News lift a pause, but no limit. */
    private static MoveMemory heedNews(MoveMemory memory, MoveSight sight) {
        MoveFacts before = memory.facts();
        if (!sight.facts().isNews(before)) {
            return memory;
        }
        Moment at = sight.at();
        Moment begun = Objects.requireNonNull(memory.begun());
        boolean first = before.equals(MoveFacts.NONE) || begun.equals(at);
        if (!first && at.since(begun).compareTo(NEWS) < 0) {
            return memory;
        }
        return memory.edit(draft -> {
            draft.facts = sight.facts();
            if (!first) {
                draft.begun = at;
                draft.last = null;
                draft.narrow = Map.of();
                draft.losses = 0;
                draft.notBefore = isLeftAlone(memory, at) ? memory.notBefore() : null;
            }
        });
    }

    /** Returns the same with the order that could be carried out now; without one where there is nothing to do. */
    public static MoveMemory order(MoveMemory memory, MoveSight sight) {
        if (sight.way() != Way.RELAY) {
            return memory;
        }
        Moment at = sight.at();
        Moment pause = memory.notBefore();
        boolean hindered = sight.isHopeless()
                || sight.target().endpoint().isEmpty()
                || sight.endpoint() == null
                || (pause != null && !pause.hasCome(at))
                || isTooNarrow(memory, sight)
                || isAtTheLimit(memory, sight);
        Moment begun = Objects.requireNonNull(memory.begun());
        Optional<MoveOrder.Part> due = hindered ? Optional.empty() : MoveSchedule.due(sight, begun, memory.last());
        if (due.isEmpty()) {
            return memory;
        }
        return memory.edit(draft -> {
            draft.last = at;
            draft.notBefore = null;
            draft.target = sight.target();
            draft.order = new MoveOrder(
                    sight.peer(),
                    due.get(),
                    sight.target().endpoint().orElseThrow(),
                    Objects.requireNonNull(sight.endpoint()),
                    sight.roundTrip(),
                    false);
        });
    }

    /** An attempt costs packets of full size there, so that it is made seldom; and at once where there are news. */
    private static boolean isTooNarrow(MoveMemory memory, MoveSight sight) {
        return sight.target()
                .endpoint()
                .map(memory.narrow()::get)
                .filter(attempted -> sight.at().since(attempted).compareTo(HOUR) < 0)
                .isPresent();
    }

    private static boolean isAtTheLimit(MoveMemory memory, MoveSight sight) {
        List<Departure> moves = inTheLastHour(memory, sight.at());
        long here = moves.stream().filter(move -> move.isBetween(sight.facts())).count();
        return here >= MOST_MOVES || moves.size() >= MOST_MOVES_IN_ALL;
    }

    private static List<Departure> inTheLastHour(MoveMemory memory, Moment at) {
        return memory.moves().stream()
                .filter(move -> at.since(move.at()).compareTo(HOUR) < 0)
                .toList();
    }
}
