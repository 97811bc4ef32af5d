package io.wgsd.relay;

import io.wgsd.model.PublicKey;

/**
 * Says which members a member may reach through a relay. Its method is called by several threads at once, and often.
 */
@FunctionalInterface
public interface RelayPolicy {

    /**
     * Returns whether a member's handshakes are carried to another member.
     *
     * <p>What belongs to a session flows both ways, so a pair of which only one may begin sessions is connected all the
     * same.
     *
     * @param from the member that begins the handshake
     * @param to the member that it is for
     * @return whether it is carried
     */
    boolean mayReach(PublicKey from, PublicKey to);

    /**
     * Returns the policy by which each member may reach every other.
     *
     * @return the policy
     */
    static RelayPolicy everyone() {
        return (from, to) -> true;
    }
}
