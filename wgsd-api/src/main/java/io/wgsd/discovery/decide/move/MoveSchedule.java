package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.decide.move.MoveOrder.Part;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When each side does its part: pure functions that both sides apply to what both know, so that they need not talk.
 *
 * <p>In the first minute times are counted from when the session came to the relay, which both see at about the same
 * time. After that the wall clock's minutes count, or every fifth or fifteenth of them; a side that takes another step
 * of these still meets the other's. A NAT that has been opened stays open for some 25 seconds, so the clocks may differ
 * by ten.
 */
final class MoveSchedule {

    /** The opener's times, each with the caller's soon after it. */
    private static final List<Duration> OPEN = seconds(0, 20, 40);

    private static final List<Duration> MOVE = seconds(2, 6, 12, 25, 45);

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
     * Returns whether a side is to do its part.
     *
     * @param part which part
     * @param begun when the schedule began
     * @param last when it did so last; null where it has not
     */
    static boolean isDue(Part part, Moment begun, @Nullable Moment last, PublicKey own, PublicKey peer, Moment at) {
        Duration age = at.since(begun);
        if (age.compareTo(EARLY) < 0) {
            return isDueEarly(part == Part.OPEN ? OPEN : MOVE, begun, last, age);
        }
        long period = period(age).toMillis();
        // Pairs differ, so that the peers of a device do not all come at once.
        long offset = Math.floorMod((long) own.hashCode() + peer.hashCode(), period);
        Duration into = Duration.ofMillis(Math.floorMod(at.wall().toEpochMilli() - offset, period));
        boolean inTime = into.compareTo(WINDOW) < 0 && (part == Part.OPEN || into.compareTo(LATER) >= 0);
        return inTime && (last == null || at.since(last).compareTo(into) > 0);
    }

    private static boolean isDueEarly(List<Duration> times, Moment begun, @Nullable Moment last, Duration age) {
        for (int i = times.size() - 1; i >= 0; i--) {
            if (times.get(i).compareTo(age) <= 0) {
                return last == null || begun.plus(times.get(i)).isAfter(last);
            }
        }
        return false;
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

    private static List<Duration> seconds(long... values) {
        return Arrays.stream(values).mapToObj(Duration::ofSeconds).toList();
    }
}
