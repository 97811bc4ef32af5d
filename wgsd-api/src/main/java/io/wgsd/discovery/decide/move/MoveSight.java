package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.decide.move.MoveOrder.Part;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Optional;
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
 * @param target where the session is to be moved
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
        Target target,
        Duration roundTrip,
        Moment at) {

    /**
     * Where the session is to be moved.
     *
     * @param endpoint the endpoint; empty where there is none
     * @param kind how packets get there
     */
    public record Target(Optional<Endpoint> endpoint, Kind kind) {}

    /** How packets get to where the session is to be moved. */
    public enum Kind {
        /** Through the NATs of both sides, as the registries see them. */
        PUBLIC,
        /** In another way from anywhere, as by the other family or a port that a router forwards. */
        OTHER,
        /** Within the network that both are in. */
        LOCAL
    }

    /** Returns whether it is known that neither NAT lets the other side's packets in. */
    boolean isHopeless() {
        return target.kind() == Kind.PUBLIC && facts.isHopeless();
    }

    /** How a peer is reached. */
    public enum Way {
        /** By a relay, or by a detour to a NAT that both are behind, and back. */
        RELAY,
        /** Without one. */
        DIRECT,
        /** Not at all: there is no live session. */
        NONE
    }
}
