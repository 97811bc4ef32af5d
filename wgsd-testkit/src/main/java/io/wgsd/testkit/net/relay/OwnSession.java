package io.wgsd.testkit.net.relay;

import io.wgsd.model.Endpoint;
import org.jspecify.annotations.Nullable;

/** What a relay has to do with one member itself; plain data of {@link OwnSessions}. */
final class OwnSession {

    final Member member;
    long greatestTimestamp = Long.MIN_VALUE;
    long heard;

    @Nullable
    OwnKeys current;

    @Nullable
    OwnKeys previous;

    @Nullable
    OwnKeys next;

    @Nullable
    Attempt attempt;

    /** An initiation that the relay has sent. */
    record Attempt(OwnSession owner, int localIndex, Endpoint to, long sent, int number) {}

    OwnSession(Member member) {
        this.member = member;
    }
}
