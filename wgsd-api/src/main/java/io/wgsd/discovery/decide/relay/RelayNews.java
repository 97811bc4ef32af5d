package io.wgsd.discovery.decide.relay;

import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Map;

/**
 * What the registries say of relays and of NATs. Immutable and thread-safe.
 *
 * <p>The collections are not copied, since there are thousands of peers; the caller must not change them.
 *
 * @param relays the relays that are announced, in the order of their keys; none where relays are not to be used
 * @param peers what is said of each peer; a peer that is missing has no facts
 * @param self what is said of this host
 */
public record RelayNews(List<KnownRelay> relays, Map<PublicKey, PeerFacts> peers, PeerFacts self) {

    private static final RelayNews NONE = new RelayNews(List.of(), Map.of(), PeerFacts.none());

    public static RelayNews none() {
        return NONE;
    }

    public boolean isRelay(PublicKey key) {
        // Not a stream, since this is asked about each of thousands of peers.
        for (KnownRelay relay : relays) {
            if (relay.publicKey().equals(key)) {
                return true;
            }
        }
        return false;
    }

    public PeerFacts of(PublicKey peer) {
        return peers.getOrDefault(peer, PeerFacts.none());
    }
}
