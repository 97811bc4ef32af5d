package io.wgsd.relay.session;

import io.wgsd.relay.noise.SentInitiation;
import io.wgsd.relay.roster.Source;

/** A handshake that the relay has begun: with whom, where, and how often it did before. */
final class Attempt {

    /** So many responses to one initiation are looked at: anybody who sees the index could send any number. */
    private static final int MOST_RESPONSES = 8;

    final MemberSession session;
    final SentInitiation initiation;
    final Source to;
    final long sent;
    final int number;
    private int responses;

    Attempt(MemberSession session, SentInitiation initiation, Source to, long sent, int number) {
        this.session = session;
        this.initiation = initiation;
        this.to = to;
        this.sent = sent;
        this.number = number;
    }

    boolean mayBeAnswered() {
        return responses++ < MOST_RESPONSES;
    }

    boolean due(long now) {
        return now - sent >= Protocol.REKEY_TIMEOUT;
    }
}
