package io.wgsd.discovery.decide.relay;

import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * What the registries say of a peer besides where it is.
 *
 * @param relays the relays that hear it now
 * @param natMapping how its NAT maps; empty where nobody knows
 */
public record PeerFacts(List<PublicKey> relays, Optional<NatMapping> natMapping) {

    private static final PeerFacts NONE = new PeerFacts(List.of(), Optional.empty());

    public static PeerFacts none() {
        return NONE;
    }

    /** Returns whether its NAT is known to give another destination another address or port. */
    public boolean isDependent() {
        return natMapping
                .filter(mapping -> mapping != NatMapping.ENDPOINT_INDEPENDENT)
                .isPresent();
    }
}
