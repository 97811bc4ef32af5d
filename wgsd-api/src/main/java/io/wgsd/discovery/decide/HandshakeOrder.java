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
     * Returns the order of two peers with what is known of their NATs: where one NAT alone is known to give other
     * destinations another port, hardly anything can arrive there, but perhaps what its host sends to the other, after
     * the other has opened its NAT; so it calls.
     */
    static HandshakeOrder of(PublicKey own, PeerFacts self, PublicKey peer, PeerFacts other) {
        if (self.isDependent() == other.isDependent()) {
            return of(own, peer);
        }
        return self.isDependent() ? CALLER : OPENER;
    }

    PeerState state() {
        return this == OPENER ? PeerState.OPENING : PeerState.CALLING;
    }
}
