package io.wgsd.discovery.registry;

import io.wgsd.discovery.decide.Candidate;
import io.wgsd.discovery.route.Finding;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Where each peer of a device may be: an immutable map, of which a new one is made only after something has changed,
 * since thousands of peers are read each second.
 *
 * <p>Not thread-safe.
 */
final class CandidateLists {

    private Map<PublicKey, List<Candidate>> latest = Map.of();
    private final Set<PublicKey> stale = new HashSet<>();
    private boolean allStale = true;

    /**
     * What is known of a peer.
     *
     * @param endpoints where it may be, the newest knowledge first
     * @param remembered whether that is from before this agent started
     */
    record Known(List<Endpoint> endpoints, boolean remembered) {}

    /** Notes that something else is known of a peer. */
    void changed(PublicKey key) {
        stale.add(key);
    }

    /** Notes that something else is known of routes, or of all peers. */
    void allChanged() {
        allStale = true;
    }

    /**
     * Returns the candidates of each peer that is not kept; a peer without one is left out.
     *
     * @param known what is known of a peer
     */
    Map<PublicKey, List<Candidate>> of(
            Device device, Set<PublicKey> kept, Function<PublicKey, Known> known, Reachability reach) {
        if (!allStale && stale.isEmpty()) {
            return latest;
        }
        Map<PublicKey, Known> renewed = new HashMap<>();
        for (PublicKey key :
                allStale ? device.peers().stream().map(Peer::publicKey).toList() : stale) {
            if (!kept.contains(key) && device.peer(key).isPresent()) {
                renewed.put(key, known.apply(key));
            }
        }
        Set<Endpoint> endpoints = new HashSet<>();
        renewed.values().forEach(each -> endpoints.addAll(each.endpoints()));
        Map<Endpoint, Finding> findings = reach.findings(endpoints);
        Map<PublicKey, List<Candidate>> next = allStale ? new HashMap<>() : new HashMap<>(latest);
        renewed.forEach((key, each) -> next.put(key, candidates(each, findings)));
        next.values().removeIf(List::isEmpty);
        latest = Collections.unmodifiableMap(next);
        stale.clear();
        allStale = false;
        return latest;
    }

    /** Endpoints that packets may not reach come last: a host without IPv6 may well be given an IPv6 address. */
    private static List<Candidate> candidates(Known known, Map<Endpoint, Finding> findings) {
        List<Candidate> good = new ArrayList<>();
        List<Candidate> doubtful = new ArrayList<>();
        for (Endpoint endpoint : known.endpoints()) {
            Finding finding = findings.getOrDefault(endpoint, Finding.GOOD);
            Candidate candidate = new Candidate(endpoint, finding.refusal(), known.remembered(), finding.doubt());
            (finding.doubt().isEmpty() ? good : doubtful).add(candidate);
        }
        good.addAll(doubtful);
        return List.copyOf(good);
    }
}
