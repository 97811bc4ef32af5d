package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.model.PublicKey;

/**
 * Which of two peers sends first.
 *
 * <p>Two handshakes that begin at the same time destroy each other, since there is one handshake state for each peer
 * (drivers/net/wireguard/noise.c). Both sides know both keys and what the registries say of both NATs, so they agree
 * without exchanging anything.
 */
enum HandshakeOrder {
    /** Sends at once; its first packet is dropped by the other's NAT, and opens its own. */
    OPENER,
    /** Sends a little later, through the hole that the opener has made. */
    CALLER;

    static HandshakeOrder of(PublicKey own, PublicKey peer) {
        return own.compareTo(peer) < 0 ? OPENER : CALLER;
    }

    /**
     * Returns the order of two peers with what is known of their NATs: where one NAT is known to give other
     * destinations another port and the other is known not to, only what the former's host sends can arrive, after the
     * other has opened its NAT; so the former calls.
     */
    static HandshakeOrder of(PublicKey own, PeerFacts self, PublicKey peer, PeerFacts other) {
        if (self.isDependent() && other.isIndependent()) {
            return CALLER;
        }
        return other.isDependent() && self.isIndependent() ? OPENER : of(own, peer);
    }

    PeerState state() {
        return this == OPENER ? PeerState.OPENING : PeerState.CALLING;
    }
}
