package io.wgsd.relay.forward;

import io.wgsd.relay.roster.Member;

/** A way that a response has confirmed: what one member sends with an index goes to another. */
public final class Route {

    private final Member from;
    private final int index;
    private final Member to;
    private final long expires;
    private boolean used;

    Route(Member from, int index, Member to, long expires) {
        this.from = from;
        this.index = index;
        this.to = to;
        this.expires = expires;
    }

    Member from() {
        return from;
    }

    int index() {
        return index;
    }

    Member to() {
        return to;
    }

    long expires() {
        return expires;
    }

    boolean expired(long now) {
        return now >= expires;
    }

    /** Notes that data took it. Another thread sees that some time later, which is soon enough. */
    void use() {
        if (!used) {
            used = true;
        }
    }

    boolean used() {
        return used;
    }
}
