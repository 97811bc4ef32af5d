package io.wgsd.command.relay;

import io.wgsd.command.follow.ZoneFollower;
import io.wgsd.command.follow.ZoneServer;
import io.wgsd.command.log.Log;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.model.UnusableAddress;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.server.RelaySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All relays that a registry announces: its own, and those elsewhere, which it follows. They are added before the
 * registry starts; {@link #heard} is called by one thread at a time.
 */
public final class AnnouncedRelays implements RelaySource, AutoCloseable {

    /** How soon a registry knows that a relay hears a peer, or no longer does. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final List<RelaySource> sources = new ArrayList<>();
    private final List<ZoneFollower> followers = new ArrayList<>();
    private List<Map<RelayAdvertisement, Set<PublicKey>>> parts = List.of();
    private Map<RelayAdvertisement, Set<PublicKey>> all = Map.of();

    private AnnouncedRelays() {}

    /**
     * Begins to follow relays elsewhere.
     *
     * @param names the names of the registry's zone, which are those of the relays' zones too
     * @param servers the relays
     * @param log gets one line for each thing that an operator should know
     */
    public static AnnouncedRelays start(DnsSdNames names, List<ZoneServer> servers, Log log) {
        return start(names, servers, address -> UnusableAddress.reason(address).isEmpty(), log);
    }

    static AnnouncedRelays start(DnsSdNames names, List<ZoneServer> servers, Predicate<IpAddress> usable, Log log) {
        AnnouncedRelays relays = new AnnouncedRelays();
        for (ZoneServer server : servers) {
            RemoteRelay relay = new RemoteRelay(names, server, usable, log, System::nanoTime);
            relays.add(relay);
            relays.followers.add(ZoneFollower.start(server, relay::tells, RemoteRelay.MAX_RECORDS, INTERVAL, relay));
        }
        return relays;
    }

    /** Adds a relay that is here. */
    public void add(RelaySource source) {
        sources.add(source);
    }

    /** Lets a registry announce them, where there are any. */
    public void addTo(RegistryBuilder registry) {
        if (!sources.isEmpty()) {
            registry.relays(this);
        }
    }

    @Override
    public Map<RelayAdvertisement, Set<PublicKey>> heard() {
        List<Map<RelayAdvertisement, Set<PublicKey>>> now =
                sources.stream().map(RelaySource::heard).toList();
        if (!isSame(now, parts)) {
            Map<RelayAdvertisement, Set<PublicKey>> merged = new HashMap<>();
            now.forEach(merged::putAll);
            all = Map.copyOf(merged);
            parts = now;
        }
        return all;
    }

    @Override
    public Collection<Sighting> sightings() {
        return sources.stream().flatMap(source -> source.sightings().stream()).toList();
    }

    @Override
    public void close() {
        followers.forEach(ZoneFollower::close);
    }

    /** A source returns the same map until something changes, so nothing large is compared. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(List<?> some, List<?> others) {
        for (int i = 0; i < some.size(); i++) {
            if (i >= others.size() || some.get(i) != others.get(i)) {
                return false;
            }
        }
        return some.size() == others.size();
    }
}
