package io.wgsd.discovery.decide.move;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;

/**
 * What is to be done so that a session leaves its relay.
 *
 * @param peer the peer's key
 * @param part this host's part in it
 * @param direct where the peer is without the relay
 * @param relay the relay's endpoint, which the peer has now
 * @param roundTrip about how long a round trip by the relay takes
 * @param idleOnly whether the endpoint may be written only while nothing is sent or received
 */
public record MoveOrder(
        PublicKey peer, Part part, Endpoint direct, Endpoint relay, Duration roundTrip, boolean idleOnly) {

    /** Who does what: both sides know it without talking to each other. */
    public enum Part {
        /** Lets its NAT expect packets from the other side. */
        OPEN,
        /** Moves the session. */
        MOVE
    }

    /** Returns the same, to be carried out only while nothing is sent or received. */
    public MoveOrder onlyWhileIdle() {
        return new MoveOrder(peer, part, direct, relay, roundTrip, true);
    }
}
