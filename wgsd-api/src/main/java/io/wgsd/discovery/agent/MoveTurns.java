package io.wgsd.discovery.agent;

import io.wgsd.internal.Durations;
import io.wgsd.model.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether the next step of an agent is a look or one of a move: looks come when a move leaves room for them, or after an
 * eighth of a second, so that decisions about other peers are never delayed by more than a quarter of one.
 *
 * <p>Not thread-safe.
 */
final class MoveTurns {

    /** How long after the one before it a look comes while a session is being moved. */
    private static final Duration BETWEEN = Duration.ofMillis(100);

    /** A look of few peers takes less. */
    private static final Duration ROOM = Duration.ofMillis(4);

    private static final Duration LONGEST_DELAY = Duration.ofMillis(125);

    private @Nullable Moment due;
    private @Nullable Moment soonest;

    /** Notes that a look has been made, and after how long the next one is due. */
    void looked(Moment at, Duration pause) {
        soonest = at.plus(BETWEEN);
        due = at.plus(Durations.max(pause, BETWEEN));
    }

    /** Notes that there is a reason to look at once. */
    void hurry(Moment at) {
        due = soonest == null || soonest.hasCome(at) ? at : soonest;
    }

    private boolean isLookDue(Moment at) {
        return due == null || due.hasCome(at);
    }

    /**
     * Returns whether the next step is a look.
     *
     * @param move when the next step of a move is due
     */
    boolean isLookNext(Moment at, Moment move) {
        return isLookDue(at)
                && (due == null
                        || due.plus(LONGEST_DELAY).hasCome(at)
                        || !at.plus(ROOM).isAfter(move));
    }

    /** Returns how long it is until a look may be the next step, if no step of the move came before that. */
    Duration untilLook(Moment at, Moment move) {
        Moment look = due;
        if (look == null || isLookNext(at, move)) {
            return Duration.ZERO;
        }
        Moment from = look.hasCome(at) ? look.plus(LONGEST_DELAY) : look;
        return Durations.max(at.until(from), Duration.ZERO);
    }
}
