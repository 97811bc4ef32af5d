package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.decide.move.MoveOrder.Part;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of a peer that may be moved.
 *
 * @param own this host's key
 * @param peer the peer's key
 * @param part this host's part; where the two take turns, that with which it begins
 * @param turns whether nothing tells which side's packets get in, so that the two take turns
 * @param way how the peer is reached
 * @param endpoint the endpoint that it has; null where it has none
 * @param newHandshake whether its last handshake was only seconds ago
 * @param facts what the registries say
 * @param roundTrip about how long a round trip by the relay takes
 * @param at when it was read
 */
public record MoveSight(
        PublicKey own,
        PublicKey peer,
        Part part,
        boolean turns,
        Way way,
        @Nullable Endpoint endpoint,
        boolean newHandshake,
        MoveFacts facts,
        Duration roundTrip,
        Moment at) {

    /** How a peer is reached. */
    public enum Way {
        /** By a relay. */
        RELAY,
        /** Without one. */
        DIRECT,
        /** Not at all: there is no live session. */
        NONE
    }
}
