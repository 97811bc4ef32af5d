package io.wgsd.relay.forward;

import io.wgsd.internal.TokenBucket;
import io.wgsd.relay.roster.Member;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What one member has to do with another, in one direction; plain data of {@link Forwarding}. */
final class Pair {

    final Member from;
    final Member to;
    final TokenBucket initiations = new TokenBucket(Limits.INITIATIONS);
    /** The routes of what the one sends to the other, the oldest first. */
    final Deque<Route> routes = new ArrayDeque<>();

    int pending;
    boolean awaited;
    long lastInitiation = Long.MIN_VALUE / 2;

    Pair(Member from, Member to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Returns until when an initiation of the other side may meet the last one of this side; a time that is past if
     * it cannot.
     */
    long mayMeetUntil() {
        return awaited ? lastInitiation + Limits.MEETING : Long.MIN_VALUE;
    }

    boolean idle(long now) {
        return routes.isEmpty() && pending == 0 && now - lastInitiation > Limits.IDLE_PAIR;
    }

    /** Returns the route that goes where there are too many: the oldest that was never used, or else the oldest. */
    @Nullable
    Route surplus() {
        if (routes.size() < Limits.ROUTES_OF_PAIR) {
            return null;
        }
        return routes.stream().filter(route -> !route.used()).findFirst().orElseGet(routes::peek);
    }
}
