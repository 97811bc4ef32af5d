package io.wgsd.discovery.decide.move;

import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the moves of one peer's session. Immutable and thread-safe.
 *
 * @param facts what the registries said
 * @param begun since when it is on the relay, or since the latest news; null while it is not on a relay
 * @param last when this side did its part last; null where it has not since then
 * @param moves when sessions of the peer left the relay in the last hour
 * @param interrupted whether there was no live session at some time since the latest of them
 * @param losses how often a direct path was lost soon after a move, in a row
 * @param pulls how often the peer went back to the relay soon after a move, in a row
 * @param notBefore until when nothing is attempted; null where that is not so
 * @param outcome what came of the latest attempt; null where there was none since it came to the relay
 * @param narrow by which endpoints full packets did not pass in the last hour, and when that was attempted
 * @param target where it was to be moved by the latest attempt; null before the first
 * @param order what is being done, until it is known what came of it; null where nothing is
 */
public record MoveMemory(
        MoveFacts facts,
        @Nullable Moment begun,
        @Nullable Moment last,
        List<Departure> moves,
        boolean interrupted,
        int losses,
        int pulls,
        @Nullable Moment notBefore,
        MoveReport.@Nullable Outcome outcome,
        Map<Endpoint, Moment> narrow,
        MoveSight.@Nullable Target target,
        @Nullable MoveOrder order) {

    private static final MoveMemory NONE =
            new MoveMemory(MoveFacts.NONE, null, null, List.of(), false, 0, 0, null, null, Map.of(), null, null);

    public MoveMemory {
        moves = List.copyOf(moves);
        narrow = Map.copyOf(narrow);
    }

    public static MoveMemory none() {
        return NONE;
    }

    /** Returns the same after it is known what came of an order. */
    public MoveMemory reported(MoveReport report) {
        MoveOrder done = order;
        Moment attempted = last;
        return edit(draft -> {
            draft.outcome = report.outcome();
            draft.order = null;
            if (report.outcome() == MoveReport.Outcome.NARROW && done != null && attempted != null) {
                draft.narrow = narrow(done.direct(), attempted);
            }
        });
    }

    private Map<Endpoint, Moment> narrow(Endpoint found, Moment attempted) {
        Map<Endpoint, Moment> known = new HashMap<>(narrow);
        known.values().removeIf(at -> attempted.since(at).compareTo(MoveDecider.HOUR) >= 0);
        known.put(found, attempted);
        return known;
    }

    /** Returns why it is still on the relay, as far as that was observed; empty where nothing was. */
    public Optional<String> reason() {
        if (pulls >= MoveDecider.MOST_PULLS && notBefore != null) {
            return Optional.of("it went back to the relay twice after it had been moved");
        }
        MoveReport.Outcome seen = outcome;
        return seen == null || !seen.isReason() ? Optional.empty() : Optional.of(where() + seen);
    }

    private String where() {
        return target == null || target.kind() == MoveSight.Kind.PUBLIC
                ? ""
                : target.endpoint().map(endpoint -> "at " + endpoint + ": ").orElse("");
    }

    MoveMemory edit(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.memory();
    }

    /** A copy that is being changed. */
    static final class Draft {
        MoveFacts facts;

        @Nullable
        Moment begun;

        @Nullable
        Moment last;

        List<Departure> moves;
        boolean interrupted;
        int losses;
        int pulls;

        @Nullable
        Moment notBefore;

        MoveReport.@Nullable Outcome outcome;

        Map<Endpoint, Moment> narrow;

        MoveSight.@Nullable Target target;

        @Nullable
        MoveOrder order;

        private Draft(MoveMemory from) {
            facts = from.facts;
            begun = from.begun;
            last = from.last;
            moves = from.moves;
            interrupted = from.interrupted;
            losses = from.losses;
            pulls = from.pulls;
            notBefore = from.notBefore;
            outcome = from.outcome;
            narrow = from.narrow;
            target = from.target;
            order = from.order;
        }

        private MoveMemory memory() {
            return new MoveMemory(
                    facts, begun, last, moves, interrupted, losses, pulls, notBefore, outcome, narrow, target, order);
        }
    }
}
