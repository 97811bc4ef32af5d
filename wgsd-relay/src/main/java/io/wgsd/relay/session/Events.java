package io.wgsd.relay.session;

import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Source;

/** Is called when members come, move and go, on the thread of the sessions, which waits for it. */
public interface Events {

    /**
     * A member is at a source from now on.
     *
     * @param member the member
     * @param source where it is
     * @param before whether it was at another source until now
     */
    void attached(Member member, Source source, boolean before);

    /**
     * A member was not heard for too long, or is a member no more, or another one is at its source.
     *
     * @param member the member
     */
    void detached(Member member);
}
