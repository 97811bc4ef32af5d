package io.wgsd.discovery.decide;

import io.wgsd.discovery.decide.session.Traffic;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A series of attempts to begin a handshake with one peer. Immutable and thread-safe.
 *
 * @param targets where the peer may be, best first; two attempts go to each, then to the next, and after the last to
 *     the first again ({@link RelayFallback#target})
 * @param relayFirst whether it began at a relay
 * @param started when the series began
 * @param count how many attempts there were
 * @param last when the latest one was; null before the first
 * @param due when the next one is
 * @param probed when the latest trigger was given, null once the counters have shown whether WireGuard sent something
 */
record Attempts(
        List<Endpoint> targets,
        boolean relayFirst,
        Moment started,
        int count,
        @Nullable Moment last,
        Moment due,
        @Nullable Moment probed) {

    static Attempts begin(List<Endpoint> targets, Moment at, Moment due) {
        return new Attempts(targets, false, at, 0, null, due, null);
    }

    Attempts relayFirst(boolean value) {
        return new Attempts(targets, value, started, count, last, due, probed);
    }

    /** Returns the series after one more attempt; where WireGuard may not send anything, the counters will show. */
    Attempts attempted(Moment at, Moment nextDue, boolean probe) {
        return new Attempts(targets, relayFirst, started, count + 1, at, nextDue, probe ? at : null);
    }

    Attempts due(Moment other) {
        return new Attempts(targets, relayFirst, started, count, last, other, probed);
    }

    Attempts targets(List<Endpoint> others) {
        return new Attempts(others, relayFirst, started, count, last, due, probed);
    }

    /** Returns the series once it is known whether WireGuard sent something after the latest trigger. */
    Attempts known() {
        return new Attempts(targets, relayFirst, started, count, last, due, null);
    }

    boolean isProbeDue(Moment at) {
        return probed != null && probed.plus(Timing.PROBE).hasCome(at);
    }

    /** Returns whether a handshake message was seen to be sent since the latest trigger. */
    boolean isHeeded(Traffic traffic) {
        Moment sent = traffic.sent();
        return probed == null || (sent != null && sent.isAfter(probed));
    }

    /** Returns whether something was received since the latest attempt. */
    boolean isAnswered(Traffic traffic) {
        Moment received = traffic.received();
        return received != null && (last == null || received.isAfter(last));
    }

    /** Returns when something is to be done next. */
    Moment next() {
        return probed == null ? due : probed.plus(Timing.PROBE);
    }
}
