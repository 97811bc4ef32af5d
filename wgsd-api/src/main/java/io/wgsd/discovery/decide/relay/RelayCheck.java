package io.wgsd.discovery.decide.relay;

import io.wgsd.model.Moment;
import java.time.Duration;

/**
 * A test of a relay, which answers each keepalive with one: keepalives one after the other, until something comes.
 * Immutable and thread-safe.
 *
 * @param begun when it began
 * @param sent how many keepalives were sent
 */
record RelayCheck(Moment begun, int sent) {

    static final int KEEPALIVES = 3;

    /** How long the whole test takes, which is the longest round trip to a relay that is of use. */
    private static final Duration LENGTH = Duration.ofSeconds(2);

    /** Returns when the next keepalive is sent; after the last one, when the relay is known not to answer. */
    Moment due() {
        return begun.plus(LENGTH.multipliedBy(sent).dividedBy(KEEPALIVES));
    }

    RelayCheck next() {
        return new RelayCheck(begun, sent + 1);
    }
}
