package io.wgsd.relay.forward;

import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Source;

/** Asks a member whether it is at a source. */
@FunctionalInterface
public interface Challenger {

    /**
     * Sends an initiation of the relay's own to a source, some time soon.
     *
     * @param member who may be there
     * @param at where
     */
    void challenge(Member member, Source at);
}
