package io.wgsd.discovery.decide.local;

import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often a peer was tried at addresses in this host's network, which may be somebody else's: at most four handshake
 * initiations, and that four times a day, whatever the peer registers. Immutable and thread-safe.
 *
 * @param begun when the tries of the last day began, the latest last
 * @param initiations how many initiations there were in the latest
 * @param moves how often a session was about to be moved there in the latest
 */
public record LocalTries(List<Moment> begun, int initiations, int moves) {

    private static final int MOST_TRIES = 4;
    private static final int MOST_INITIATIONS = 4;
    private static final int MOST_MOVES = 4;

    /** The others are left to a session that has come about in another way. */
    private static final int MOST_ATTEMPTS = 2;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration TRY = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private static final LocalTries NONE = new LocalTries(List.of(), 0, 0);

    /** Copies the list. */
    public LocalTries {
        begun = List.copyOf(begun);
    }

    public static LocalTries none() {
        return NONE;
    }

    /** Returns whether a handshake may be begun there where there is no session. */
    public boolean mayAttempt(Moment at) {
        return isOpen(at) ? initiations < MOST_ATTEMPTS : mayBegin(at);
    }

    /** Returns whether an initiation may go there that lets firewalls expect the peer's packets. */
    public boolean mayOpen(Moment at) {
        return isOpen(at) ? initiations < MOST_INITIATIONS : mayBegin(at);
    }

    /** Returns whether a session may be moved there. */
    public boolean mayMove(Moment at) {
        return isOpen(at) ? moves < MOST_MOVES : mayBegin(at);
    }

    /** Returns the same after an initiation was ordered. */
    public LocalTries initiated(Moment at) {
        LocalTries current = current(at);
        return new LocalTries(current.begun, current.initiations + 1, current.moves);
    }

    /** Returns the same after a move was ordered. */
    public LocalTries moved(Moment at) {
        LocalTries current = current(at);
        return new LocalTries(current.begun, current.initiations, current.moves + 1);
    }

    private LocalTries current(Moment at) {
        return isOpen(at)
                ? this
                : new LocalTries(
                        Stream.concat(
                                        begun.stream()
                                                .filter(each -> at.since(each).compareTo(DAY) < 0),
                                        Stream.of(at))
                                .toList(),
                        0,
                        0);
    }

    private boolean isOpen(Moment at) {
        return !begun.isEmpty() && at.since(last()).compareTo(TRY) < 0;
    }

    private boolean mayBegin(Moment at) {
        boolean rested = begun.isEmpty() || at.since(last()).compareTo(PAUSE) >= 0;
        return rested
                && begun.stream()
                                .filter(each -> at.since(each).compareTo(DAY) < 0)
                                .count()
                        < MOST_TRIES;
    }

    private Moment last() {
        return begun.get(begun.size() - 1);
    }
}
