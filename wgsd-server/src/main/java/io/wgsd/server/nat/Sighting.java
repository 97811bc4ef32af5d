package io.wgsd.server.nat;

import io.wgsd.model.PublicKey;

/**
 * That a relay heard a peer.
 *
 * @param peer the peer
 * @param sample by which of the relay's sockets, from where and when
 */
public record Sighting(PublicKey peer, Sample sample) {}
