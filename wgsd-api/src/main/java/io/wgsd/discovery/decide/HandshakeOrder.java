package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerState;
import io.wgsd.model.PublicKey;

/**
 * Who of two peers goes first.
 *
 * <p>Two handshakes that are begun at the same time destroy each other, for there is one handshake state for each peer
 * (drivers/net/wireguard/noise.c). Both sides know both keys, so that they agree without a word.
 */
enum HandshakeOrder {
    /** Sends at once; its first packet dies at the other's NAT, and opens its own. */
    OPENER,
    /** Sends a little later, through the hole. */
    CALLER;

    static HandshakeOrder of(PublicKey own, PublicKey peer) {
        return own.compareTo(peer) < 0 ? OPENER : CALLER;
    }

    PeerState state() {
        return this == OPENER ? PeerState.OPENING : PeerState.CALLING;
    }
}
