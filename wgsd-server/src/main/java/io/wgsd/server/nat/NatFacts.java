package io.wgsd.server.nat;

import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How the NATs of a device's peers map, from what the device and the relays have heard of them.
 *
 * <p>The device heard a peer when it has received more from it than a second ago; from where, is the endpoint that it
 * has. Only peers that a relay hears too are looked at. Not thread-safe.
 */
public final class NatFacts {

    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    /** What was received since an older reading may have come at any time. */
    private static final long LONGEST_NANOS = Duration.ofSeconds(3).toNanos();

    private NatSettings settings;
    private Map<PublicKey, MappingEvidence> evidence = Map.of();
    private Map<PublicKey, Long> received = Map.of();
    private Map<PublicKey, NatMapping> facts = Map.of();
    private boolean looked;
    private long lookedAt;

    /** Begins with nothing known. */
    public NatFacts(NatSettings settings) {
        this.settings = settings;
    }

    /** Goes on with other settings. */
    public void reconfigure(NatSettings next) {
        settings = next;
    }

    /**
     * Looks at a reading, if a second has passed since the last one.
     *
     * @param device the device as it is now
     * @param relays the endpoints of relays; a peer that is heard from there is somewhere else
     * @param now the time, by the monotonic clock of the sightings
     * @return the mappings that are known, for the family of each peer's endpoint; the same map where nothing changed
     */
    public Map<PublicKey, NatMapping> look(Device device, Set<Endpoint> relays, long now) {
        if (looked && now - lookedAt < INTERVAL_NANOS) {
            return facts;
        }
        Map<PublicKey, MappingEvidence> next = new HashMap<>();
        Collection<Sighting> sightings = settings.sightings().get();
        evidence.forEach((peer, known) -> next.put(peer, known.at(now)));
        next.values().removeIf(MappingEvidence::isEmpty);
        for (Sighting sighting : sightings) {
            next.merge(
                    sighting.peer(),
                    MappingEvidence.NONE.with(sighting.sample()),
                    (known, fresh) -> known.with(sighting.sample()));
        }
        if (!next.isEmpty() || !evidence.isEmpty()) {
            hear(device, relays, next, now);
        }
        looked = true;
        lookedAt = now;
        return facts;
    }

    private void hear(Device device, Set<Endpoint> relays, Map<PublicKey, MappingEvidence> known, long now) {
        Observer observer = new Observer(settings.deviceAddresses(), device.listenPort());
        boolean recent = looked && now - lookedAt <= LONGEST_NANOS;
        Map<PublicKey, MappingEvidence> next = new HashMap<>();
        Map<PublicKey, Long> receivedNow = new HashMap<>();
        Map<PublicKey, NatMapping> mappings = new HashMap<>();
        for (Peer peer : device.peers()) {
            PublicKey key = peer.publicKey();
            Endpoint endpoint = peer.endpoint().orElse(null);
            MappingEvidence before = known.get(key);
            if (before == null || endpoint == null) {
                continue;
            }
            long bytes = peer.statistics().rxBytes();
            boolean heard = recent && bytes > received.getOrDefault(key, bytes) && !relays.contains(endpoint);
            MappingEvidence after = heard ? before.with(new Sample(observer, endpoint, now)) : before;
            next.put(key, after);
            receivedNow.put(key, bytes);
            after.mapping(endpoint.address().isIpv6()).ifPresent(mapping -> mappings.put(key, mapping));
        }
        evidence = next;
        received = receivedNow;
        facts = mappings.equals(facts) ? facts : Map.copyOf(mappings);
    }
}
