package io.wgsd.relay;

import io.wgsd.model.PublicKey;

/**
 * Says which members a member may reach through a relay. Its method is called by several threads at once, and often.
 */
@FunctionalInterface
public interface RelayPolicy {

    /**
     * Returns whether a member's handshakes are carried to another one.
     *
     * <p>What belongs to a session flows both ways; so a pair that may begin sessions from one side only is connected
     * all the same.
     *
     * @param from who begins the handshake
     * @param to for whom it is
     * @return whether it is carried
     */
    boolean mayReach(PublicKey from, PublicKey to);

    /**
     * Returns the policy by which each member may reach each other one.
     *
     * @return the policy
     */
    static RelayPolicy everyone() {
        return (from, to) -> true;
    }
}
