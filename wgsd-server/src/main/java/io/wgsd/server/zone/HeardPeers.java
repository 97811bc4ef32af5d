package io.wgsd.server.zone;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which relays there are, and what that means for the peers: which relays hear each, and which endpoints are no peer's.
 *
 * <p>Immutable and thread-safe.
 */
final class HeardPeers {

    private static final int MAX_RELAYS = 64;

    static final HeardPeers NONE = new HeardPeers(Map.of());

    private final Map<RelayAdvertisement, Set<PublicKey>> heard;
    private final List<RelayAdvertisement> relays;
    private final Map<PublicKey, Set<PublicKey>> relaysOfPeers = new HashMap<>();

    private HeardPeers(Map<RelayAdvertisement, Set<PublicKey>> heard) {
        this.heard = heard;
        relays = heard.keySet().stream()
                .sorted(Comparator.comparing(RelayAdvertisement::publicKey))
                .limit(MAX_RELAYS)
                .toList();
        for (RelayAdvertisement relay : relays) {
            for (PublicKey peer : heard.getOrDefault(relay, Set.of())) {
                relaysOfPeers.computeIfAbsent(peer, key -> new TreeSet<>()).add(relay.publicKey());
            }
        }
    }

    /** Returns this, or another one where what is heard has changed. */
    HeardPeers next(Map<RelayAdvertisement, Set<PublicKey>> now) {
        return heard.equals(now) ? this : new HeardPeers(now);
    }

    /** Returns a zone's options with the relays. */
    ZoneOptions announcedIn(ZoneOptions options) {
        return relays.isEmpty() ? options : options.withRelays(relays);
    }

    /** Returns the relays' own endpoints. */
    Set<Endpoint> endpoints(ZoneOptions options) {
        Set<Endpoint> own = new HashSet<>();
        announcedIn(options).relays().forEach(relay -> own.addAll(relay.endpoints()));
        return own;
    }

    /**
     * Returns the peers without those that are at a relay's own endpoint: through the relay others reach that one, and
     * not the peer.
     */
    List<Advertisement> withoutRelayed(ZoneOptions options, List<Advertisement> peers) {
        Set<Endpoint> own = endpoints(options);
        return own.isEmpty() || peers.stream().noneMatch(peer -> isAt(own, peer))
                ? peers
                : peers.stream().filter(peer -> !isAt(own, peer)).toList();
    }

    /** Returns the peers, each with the relays that hear it, and with how its NAT maps. */
    List<Advertisement> marked(List<Advertisement> peers, Map<PublicKey, NatMapping> mappings) {
        return relaysOfPeers.isEmpty() && mappings.isEmpty()
                ? peers
                : peers.stream().map(peer -> marked(peer, mappings)).toList();
    }

    private Advertisement marked(Advertisement peer, Map<PublicKey, NatMapping> mappings) {
        Set<PublicKey> keys = relaysOfPeers.get(peer.publicKey());
        NatMapping mapping = mappings.get(peer.publicKey());
        if (keys == null && mapping == null) {
            return peer;
        }
        Advertisement.Builder marked = peer.toBuilder();
        if (keys != null) {
            marked.relays(keys);
        }
        if (mapping != null) {
            marked.natMapping(mapping);
        }
        return marked.build();
    }

    private static boolean isAt(Set<Endpoint> own, Advertisement peer) {
        return own.contains(peer.endpoints().get(0));
    }
}
