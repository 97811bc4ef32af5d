package io.wgsd.discovery.decide.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.Map;
import java.util.Optional;

/**
 * The relays as they are at one time.
 *
 * @param news what the registries say
 * @param usable the relays to which this host has a session, with the endpoints where it reaches them
 */
public record RelayView(RelayNews news, Map<PublicKey, Endpoint> usable) {

    /** Returns the way to a peer by a relay that both have; empty where there is none. */
    public Optional<RelayRoute> route(PublicKey own, PublicKey peer) {
        return usable.isEmpty()
                ? Optional.empty()
                : RelayChoice.of(own, peer, usable, news.of(peer).relays());
    }

    /** Returns the relay that is at an endpoint. */
    public Optional<PublicKey> at(Endpoint endpoint) {
        // Not a stream, since this is asked about each of thousands of peers.
        for (KnownRelay relay : news.relays()) {
            Endpoint inUse = usable.get(relay.publicKey());
            if ((inUse != null && inUse.equals(endpoint)) || relay.endpoints().contains(endpoint)) {
                return Optional.of(relay.publicKey());
            }
        }
        return Optional.empty();
    }

    /** Returns whether both NATs are known to be dependent, so that neither lets the other in. */
    public boolean isNeitherReachable(PublicKey peer) {
        return news.self().isDependent() && news.of(peer).isDependent();
    }
}
