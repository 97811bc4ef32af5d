package io.wgsd.discovery.registry;

import io.wgsd.discovery.decide.relay.KnownRelay;
import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.discovery.route.Finding;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the registries say of relays and NATs: an immutable value, of which a new one is made only after something has
 * changed, since thousands of peers are read each second.
 *
 * <p>Not thread-safe.
 */
final class RelayLists {

    private final Map<PublicKey, PeerFacts> facts = new HashMap<>();
    private final Set<PublicKey> stale = new HashSet<>();
    private RelayNews latest = RelayNews.none();
    private boolean allStale = true;
    private boolean relaysStale = true;

    /** Notes that something else is known of a peer. */
    void changed(PublicKey key) {
        stale.add(key);
    }

    /** Notes that other relays are announced. */
    void relaysChanged() {
        relaysStale = true;
    }

    /** Notes that something else is known of routes, or of all peers. */
    void allChanged() {
        allStale = true;
    }

    /**
     * Returns what is known of relays and NATs.
     *
     * @param known what is known of a peer
     * @param announced the relays that any registry announces
     */
    RelayNews of(
            Device device,
            Function<PublicKey, PeerFacts> known,
            Supplier<List<RelayAdvertisement>> announced,
            Reachability reach) {
        boolean otherRelays = allStale || relaysStale;
        if (!otherRelays && stale.isEmpty()) {
            return latest;
        }
        boolean otherFacts = renew(device, known);
        List<KnownRelay> relays = otherRelays ? relays(device, announced.get(), reach) : latest.relays();
        PeerFacts self = device.publicKey().map(known).orElse(PeerFacts.none());
        Map<PublicKey, PeerFacts> peers = otherFacts ? Map.copyOf(facts) : latest.peers();
        latest = new RelayNews(relays, peers, self);
        stale.clear();
        allStale = false;
        relaysStale = false;
        return latest;
    }

    private boolean renew(Device device, Function<PublicKey, PeerFacts> known) {
        Collection<PublicKey> keys = stale;
        boolean differs = false;
        if (allStale) {
            keys = device.peers().stream().map(Peer::publicKey).toList();
            differs = facts.keySet().retainAll(new HashSet<>(keys));
        }
        for (PublicKey key : keys) {
            PeerFacts now = device.peer(key).isPresent() ? known.apply(key) : PeerFacts.none();
            PeerFacts before = now.equals(PeerFacts.none()) ? facts.remove(key) : facts.put(key, now);
            differs |= !now.equals(before == null ? PeerFacts.none() : before);
        }
        return differs;
    }

    /**
     * Returns the relays in the order of their keys. A peer that has allowed IPs is none, whatever a registry says: a
     * relay has no tunnel, and a peer that was taken for one would not be maintained any more.
     */
    private static List<KnownRelay> relays(Device device, List<RelayAdvertisement> announced, Reachability reach) {
        Set<PublicKey> registries = reach.registries();
        Map<PublicKey, Set<Endpoint>> byKey = new TreeMap<>();
        Set<Endpoint> all = new HashSet<>();
        for (RelayAdvertisement relay : announced) {
            PublicKey key = relay.publicKey();
            boolean isPeer = device.peer(key)
                    .filter(peer -> !peer.allowedIps().isEmpty())
                    .isPresent();
            if (!isPeer && !registries.contains(key) && !device.publicKey().equals(Optional.of(key))) {
                byKey.computeIfAbsent(key, same -> new LinkedHashSet<>()).addAll(relay.endpoints());
                all.addAll(relay.endpoints());
            }
        }
        Map<Endpoint, Finding> findings = all.isEmpty() ? Map.of() : reach.findings(all);
        List<KnownRelay> relays = new ArrayList<>();
        byKey.forEach((key, endpoints) -> relays.add(relay(key, endpoints, findings)));
        return List.copyOf(relays);
    }

    /** Endpoints that packets may not reach come last, as with peers. */
    private static KnownRelay relay(PublicKey key, Set<Endpoint> endpoints, Map<Endpoint, Finding> findings) {
        List<Endpoint> good = new ArrayList<>();
        List<Endpoint> doubtful = new ArrayList<>();
        Optional<String> refusal = Optional.empty();
        for (Endpoint endpoint : endpoints) {
            Finding finding = findings.getOrDefault(endpoint, Finding.GOOD);
            if (finding.refusal().isEmpty()) {
                (finding.doubt().isEmpty() ? good : doubtful).add(endpoint);
            } else if (refusal.isEmpty()) {
                refusal = finding.refusal().map(why -> endpoint + " is not used: " + why);
            }
        }
        good.addAll(doubtful);
        return new KnownRelay(key, List.copyOf(good), good.isEmpty() ? refusal : Optional.empty());
    }
}
