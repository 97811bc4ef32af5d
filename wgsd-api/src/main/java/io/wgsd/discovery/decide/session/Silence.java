package io.wgsd.discovery.decide.session;

import io.wgsd.model.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long data that were sent over a session have had no answer. Immutable and thread-safe.
 *
 * @param since when the first of them were seen to be sent
 * @param due when an answer to what was sent after that should have come at the latest; null if nothing was
 */
public record Silence(Moment since, @Nullable Moment due) {

    /**
     * KEEPALIVE_TIMEOUT (drivers/net/wireguard/messages.h), after which data are answered at the latest, and a round
     * trip.
     */
    public static final Duration ANSWER = Duration.ofSeconds(11);

    /** Initiations are answered at once. */
    public static final Duration RESPONSE = Duration.ofMillis(2_500);

    /** What is sent within this time may be lost together. */
    private static final Duration APART = Duration.ofMillis(500);

    public static Silence from(Moment at) {
        return new Silence(at, null);
    }

    /** Returns the same after more was sent. */
    public Silence again(Moment at, boolean initiation) {
        if (at.since(since).compareTo(APART) < 0) {
            return this;
        }
        Moment then = at.plus(initiation ? RESPONSE : ANSWER);
        return due == null || due.isAfter(then) ? new Silence(since, then) : this;
    }

    /**
     * Returns whether nothing was received for so long, although data were repeated early enough for an answer to be
     * there.
     */
    public boolean isLongerThan(Duration patience, Moment at) {
        return at.since(since).compareTo(patience) >= 0 && due != null && due.hasCome(at);
    }
}
