package io.wgsd.relay.transport;

import io.wgsd.relay.roster.Source;

/** Takes what has to be looked at; called by receiving threads, which do not wait for more than that. */
@FunctionalInterface
public interface Inlet {

    /**
     * Takes a packet.
     *
     * @param message the packet, which is the taker's
     * @param from where it came from
     * @param member whether a member is known to be there
     */
    void take(byte[] message, Source from, boolean member);
}
