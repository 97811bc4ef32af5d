package io.wgsd.discovery.decide;

import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a decision depends on, seen at one moment: data, and nothing that could still be asked. Immutable and
 * thread-safe.
 *
 * <p>The collections are not copied, since there are thousands of peers; the caller must not change them.
 *
 * @param device the device as it was read
 * @param candidates where each peer may be, best first; a peer that is missing has no candidate
 * @param kept the peers that are never written: those that the caller named, and those through which registries are
 *     reached
 * @param routed the peers to which a datagram can be sent through the tunnel, of those that {@link RouteQuestions} are
 *     about
 * @param mayRestart whether a peer may be restarted, and the backend can do it in one transaction
 * @param reachable whether any registry answers
 * @param roundTrip the round trip to the nearest registry
 * @param self where a registry sees this host; empty where none says
 * @param relays what the registries say of relays and NATs
 * @param nearby what peers have registered of themselves; a peer that is missing has nothing of use
 * @param at when the device was read
 */
public record Observation(
        Device device,
        Map<PublicKey, List<Candidate>> candidates,
        Set<PublicKey> kept,
        Set<PublicKey> routed,
        boolean mayRestart,
        boolean reachable,
        Duration roundTrip,
        Optional<Endpoint> self,
        RelayNews relays,
        Map<PublicKey, Nearby> nearby,
        Moment at) {

    /** Makes one without relays, and without what peers have registered of themselves. */
    public Observation(
            Device device,
            Map<PublicKey, List<Candidate>> candidates,
            Set<PublicKey> kept,
            Set<PublicKey> routed,
            boolean mayRestart,
            boolean reachable,
            Duration roundTrip,
            Optional<Endpoint> self,
            Moment at) {
        this(device, candidates, kept, routed, mayRestart, reachable, roundTrip, self, RelayNews.none(), Map.of(), at);
    }

    Nearby nearby(PublicKey key) {
        return nearby.getOrDefault(key, Nearby.none());
    }

    /** Returns where a peer may be, best first. */
    public List<Candidate> candidates(PublicKey key) {
        return candidates.getOrDefault(key, List.of());
    }
}
