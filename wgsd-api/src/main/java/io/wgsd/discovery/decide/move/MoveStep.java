package io.wgsd.discovery.decide.move;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One step of a move.
 *
 * @param act what is done now
 * @param pause how long after that the peer is read again; nothing after the last step
 * @param outcome what was observed in all; null before the last step
 */
public record MoveStep(Act act, Duration pause, MoveReport.@Nullable Outcome outcome) {

    /** What is done to the peer. */
    public enum Act {
        /** Nothing. */
        NONE,
        /** It gets the direct endpoint. */
        DIRECT,
        /** It gets the relay's endpoint. */
        RELAY,
        /** It gets the direct endpoint until a packet has been sent there, and then the relay's. */
        FLICK,
        /** The same while nothing else is sent, but for as long as it takes to answer where the other side is near. */
        LINGER,
        /** A datagram is sent to it, or a keepalive where none can be. */
        DATAGRAM
    }

    static MoveStep of(Act act, Duration pause) {
        return new MoveStep(act, pause, null);
    }

    static MoveStep last(Act act, MoveReport.Outcome outcome) {
        return new MoveStep(act, Duration.ZERO, outcome);
    }

    /** Returns whether nothing follows. */
    public boolean isLast() {
        return outcome != null;
    }
}
