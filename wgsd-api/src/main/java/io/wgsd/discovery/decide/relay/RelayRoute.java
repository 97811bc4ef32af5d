package io.wgsd.discovery.decide.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;

/**
 * The way to a peer by a relay.
 *
 * @param relay the relay's key
 * @param endpoint where this host reaches the relay
 */
public record RelayRoute(PublicKey relay, Endpoint endpoint) {}
