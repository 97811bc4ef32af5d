package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.decide.move.MoveOrder.Part;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When each side does its part: pure functions that both sides apply to what both know, so that they need not talk.
 *
 * <p>Where nothing tells which side's packets get in, the two change parts from one time to the next.
 *
 * <p>In the first minute times are counted from when the session came to the relay, which both see at about the same
 * time. After that the wall clock's minutes count, or every fifth or fifteenth of them; a side that takes another step
 * of these still meets the other's. A NAT that has been opened stays open for some 25 seconds, so the clocks may differ
 * by ten.
 */
final class MoveSchedule {

    /**
     * A time of the first minute.
     *
     * @param after how long after the beginning
     * @param swapped whether the two have changed parts
     */
    private record Time(Duration after, Part part, boolean swapped) {}

    private static final List<Time> STEADY = List.of(
            open(0, false),
            move(2, false),
            move(6, false),
            move(12, false),
            open(20, false),
            move(25, false),
            open(40, false),
            move(45, false));

    private static final List<Time> BY_TURNS = List.of(
            open(0, false),
            move(2, false),
            open(4, true),
            move(6, true),
            open(10, false),
            move(12, false),
            open(20, true),
            move(25, true),
            open(40, false),
            move(45, false));

    /**
     * Within a network no NAT has to be opened, but perhaps a firewall. The other side moves it if this one does not know
     * where to.
     */
    private static final List<Time> LOCAL = List.of(
            open(0, false),
            new Time(Duration.ofMillis(200), Part.MOVE, false),
            move(1, false),
            open(2, false),
            move(3, false),
            move(6, true),
            move(8, true));

    private static final Duration EARLY = Duration.ofMinutes(1);
    private static final Duration MIDDLE = Duration.ofMinutes(10);
    private static final Duration LATE = Duration.ofHours(1);

    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** How long after the opener, by its own clock, the caller comes. */
    private static final Duration LATER = Duration.ofSeconds(12);

    private static final Duration WINDOW = Duration.ofSeconds(20);

    private MoveSchedule() {}

    /**
     * Returns what a side is to do now; empty where nothing is.
     *
     * @param begun when the schedule began
     * @param last when it did something last; null where it has not
     */
    static Optional<Part> due(MoveSight sight, Moment begun, @Nullable Moment last) {
        Moment at = sight.at();
        Duration age = at.since(begun);
        if (age.compareTo(EARLY) < 0) {
            return dueEarly(sight, begun, last, age);
        }
        long pair = (long) sight.own().hashCode() + sight.peer().hashCode();
        long period = period(age).toMillis();
        // Pairs differ, so that the peers of a device do not all come at once.
        long into = Math.floorMod(at.wall().toEpochMilli() - Math.floorMod(pair, period), period);
        boolean swapped = sight.turns() && isOdd(at.wall().toEpochMilli() - into, pair);
        Part part = part(sight, swapped);
        boolean inTime = into < WINDOW.toMillis() && (part == Part.OPEN || into >= LATER.toMillis());
        return inTime && (last == null || at.since(last).toMillis() > into) ? Optional.of(part) : Optional.empty();
    }

    /** All periods are an odd number of minutes, so that the parts change with each, and both sides know how. */
    private static boolean isOdd(long begun, long pair) {
        long minute = SHORT.toMillis();
        return Math.floorMod(Math.floorDiv(begun - Math.floorMod(pair, minute), minute), 2L) == 1;
    }

    private static Optional<Part> dueEarly(MoveSight sight, Moment begun, @Nullable Moment last, Duration age) {
        List<Time> times = times(sight);
        for (int i = times.size() - 1; i >= 0; i--) {
            Time time = times.get(i);
            if (time.after().compareTo(age) <= 0 && time.part() == part(sight, time.swapped())) {
                boolean due = last == null || begun.plus(time.after()).isAfter(last);
                return due ? Optional.of(time.part()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static List<Time> times(MoveSight sight) {
        if (sight.target().kind() == MoveSight.Kind.LOCAL) {
            return LOCAL;
        }
        return sight.turns() ? BY_TURNS : STEADY;
    }

    private static Part part(MoveSight sight, boolean swapped) {
        return (sight.part() == Part.OPEN) == swapped ? Part.MOVE : Part.OPEN;
    }

    private static Duration period(Duration age) {
        if (age.compareTo(MIDDLE) < 0) {
            return SHORT;
        }
        return age.compareTo(LATE) < 0 ? LONG : LONGEST;
    }

    /** Returns how long nothing is attempted after so many losses in a row. */
    static Duration afterLosses(int losses) {
        Duration doubled = Duration.ofSeconds(15).multipliedBy(1L << Math.min(losses, 10));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    private static Time open(long seconds, boolean swapped) {
        return new Time(Duration.ofSeconds(seconds), Part.OPEN, swapped);
    }

    private static Time move(long seconds, boolean swapped) {
        return new Time(Duration.ofSeconds(seconds), Part.MOVE, swapped);
    }
}
