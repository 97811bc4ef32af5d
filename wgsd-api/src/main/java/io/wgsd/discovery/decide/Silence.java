package io.wgsd.discovery.decide;

import io.wgsd.model.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how long what was sent under a session has had no answer. Immutable and thread-safe.
 *
 * @param since when the first of it was seen to have gone
 * @param due when an answer to what was sent after that should have come at the latest; null while there was only one
 */
record Silence(Moment since, @Nullable Moment due) {

    /** KEEPALIVE_TIMEOUT (drivers/net/wireguard/messages.h), with which data are answered at the latest, and a way there. */
    static final Duration ANSWER = Duration.ofSeconds(11);

    /** Initiations are answered at once. */
    static final Duration RESPONSE = Duration.ofMillis(2_500);

    /** What is sent within this time may be lost together. */
    private static final Duration APART = Duration.ofMillis(500);

    static Silence from(Moment at) {
        return new Silence(at, null);
    }

    /** Returns the same after more was sent. */
    Silence again(Moment at, boolean initiation) {
        if (at.since(since).compareTo(APART) < 0) {
            return this;
        }
        Moment then = at.plus(initiation ? RESPONSE : ANSWER);
        return due == null || due.isAfter(then) ? new Silence(since, then) : this;
    }

    /** Returns whether nothing came for so long, to data that were repeated so early that an answer would be there. */
    boolean isLongerThan(Duration patience, Moment at) {
        return at.since(since).compareTo(patience) >= 0 && due != null && due.hasCome(at);
    }
}
