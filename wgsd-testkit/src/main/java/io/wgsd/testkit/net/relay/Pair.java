package io.wgsd.testkit.net.relay;

import io.wgsd.internal.Rate;
import io.wgsd.internal.TokenBucket;
import java.time.Duration;

/** What one member has to do with another, in one direction; plain data of {@link Forwarding}. */
final class Pair {

    /** So long one side's initiation waits for the response to the other side's. */
    private static final long MEETING = Duration.ofMillis(500).toNanos();

    final Member from;
    final Member to;
    final TokenBucket initiations = new TokenBucket(new Rate(1, 6));
    boolean awaited;
    long lastInitiation;

    Pair(Member from, Member to) {
        this.from = from;
        this.to = to;
    }

    /** Returns until when an initiation of the other side may meet the last one of this side; 0 if it cannot. */
    long mayMeetUntil() {
        return awaited ? lastInitiation + MEETING : 0;
    }
}
