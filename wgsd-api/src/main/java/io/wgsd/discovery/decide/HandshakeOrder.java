package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerState;
import io.wgsd.model.PublicKey;

/**
 * Which of two peers sends first.
 *
 * <p>Two handshakes that begin at the same time destroy each other, since there is one handshake state for each peer
 * (drivers/net/wireguard/noise.c). Both sides know both keys, so they agree without exchanging anything.
 */
enum HandshakeOrder {
    /** Sends at once; its first packet is dropped by the other's NAT, and opens its own. */
    OPENER,
    /** Sends a little later, through the hole that the opener has made. */
    CALLER;

    static HandshakeOrder of(PublicKey own, PublicKey peer) {
        return own.compareTo(peer) < 0 ? OPENER : CALLER;
    }

    PeerState state() {
        return this == OPENER ? PeerState.OPENING : PeerState.CALLING;
    }
}
