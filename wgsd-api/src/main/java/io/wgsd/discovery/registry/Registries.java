package io.wgsd.discovery.registry;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.decide.Candidate;
import io.wgsd.discovery.decide.Timing;
import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.discovery.lookup.LookupErrors;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.internal.Durations;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * All registries together: each is asked on its own, and of what they say about a peer the newest comes first.
 *
 * <p>Not thread-safe, except for the answers, which may come in on any thread.
 */
public final class Registries {

    /** A question or its answer may be lost, so more are asked meanwhile, but not many. */
    private static final int MOST_PENDING = 4;

    private final List<AskedRegistry> registries;
    private final Queue<Heard> inbox = new ConcurrentLinkedQueue<>();
    private final Map<PublicKey, Endpoint> remembered = new HashMap<>();
    private final TimeSource clock;
    private final Runnable wake;
    private final CandidateLists candidates = new CandidateLists();
    private final Queue<HeardRelays> relayInbox = new ConcurrentLinkedQueue<>();
    private final RelayLists relays = new RelayLists();
    private boolean wasAnyUp;

    public Registries(Collection<RegistryChannel> channels, TimeSource clock, Runnable wake) {
        registries = channels.stream().map(AskedRegistry::new).toList();
        this.clock = clock;
        this.wake = wake;
    }

    private record Heard(
            AskedRegistry registry,
            PublicKey key,
            @Nullable Moment asked,
            Moment at,
            Optional<Advertisement> answer,
            @Nullable DiscoveryException failure) {}

    /** The relays of a registry; null if it could not be asked. */
    private record HeardRelays(
            AskedRegistry registry, @Nullable List<RelayAdvertisement> relays) {}

    public List<InetSocketAddress> servers() {
        return registries.stream()
                .flatMap(registry -> registry.channel().servers().stream())
                .toList();
    }

    /** Lets each registry find out its address, and returns the events for those whose address is not known. */
    public List<AgentEvent> refresh(Moment at) {
        List<AgentEvent> events = new ArrayList<>();
        for (AskedRegistry registry : registries) {
            InetSocketAddress label = registry.channel().label();
            registry.channel()
                    .refresh(registry.isAway(), at, wake)
                    .filter(why -> registry.refused())
                    .ifPresent(why -> events.add(new AgentEvent.RegistryDown(
                            label,
                            "registry " + label.getHostString() + ":" + label.getPort() + " cannot be asked: " + why)));
        }
        return events;
    }

    public boolean isAnyUp() {
        return registries.stream().anyMatch(AskedRegistry::isUp);
    }

    public Duration roundTrip() {
        return registries.stream()
                .filter(AskedRegistry::isUp)
                .flatMap(registry -> registry.roundTrip().stream())
                .min(Duration::compareTo)
                .orElse(Timing.DEFAULT_ROUND_TRIP);
    }

    public Map<PublicKey, Endpoint> remembered() {
        return remembered;
    }

    /** Asks every registry about a peer. */
    public void ask(PublicKey key, Reachability reach, boolean insecureAllowed) {
        for (AskedRegistry registry : registries) {
            Moment now = clock.now();
            if (mayBeAsked(registry, reach, insecureAllowed)
                    && registry.pending(key) < MOST_PENDING
                    && registry.isWorthAsking(key, now)) {
                registry.asked(key, now);
                ask(registry, key, reach, now);
            }
        }
    }

    /** Asks each registry for its relays, where that is due. */
    public void askForRelays(Reachability reach, boolean insecureAllowed) {
        Moment now = clock.now();
        for (AskedRegistry registry : registries) {
            if (registry.relays().isDue(now) && mayBeAsked(registry, reach, insecureAllowed)) {
                registry.relays().asked(now);
                var unused = registry.channel().relays(reach::tunnelSource).handle((answer, failure) -> {
                    relayInbox.add(new HeardRelays(registry, failure == null ? answer : null));
                    wake.run();
                    return null;
                });
            }
        }
    }

    /** Returns the events for registries that must not be asked, each once. */
    public List<AgentEvent> refused(Reachability reach, boolean insecureAllowed) {
        return registries.stream()
                .filter(registry -> !registry.channel().servers().isEmpty())
                .filter(registry -> !mayBeAsked(registry, reach, insecureAllowed) && registry.refused())
                .<AgentEvent>map(registry -> new AgentEvent.RegistryNotAsked(
                        registry.channel().label(), notAsked(registry.channel().servers(), reach)))
                .toList();
    }

    private static String notAsked(List<InetSocketAddress> servers, Reachability reach) {
        return servers.stream()
                        .filter(server -> reach.tunnelSource(server).isEmpty())
                        .map(server -> "registry " + LookupErrors.text(server) + " is not asked: "
                                + reach.obstacle(server).orElse("it is not known how it is reached"))
                        .findFirst()
                        .orElse("")
                + "; anyone on the way could forge its answers, so ask it at an address inside the tunnel, or demand a signer";
    }

    /** Returns whether a registry that must not be asked may now be asked; true once for each such change. */
    public boolean isReadmitted(Reachability reach, boolean insecureAllowed) {
        boolean news = false;
        for (AskedRegistry registry : registries) {
            news |= mayBeAsked(registry, reach, insecureAllowed) && registry.readmitted();
        }
        return news;
    }

    private static boolean mayBeAsked(AskedRegistry registry, Reachability reach, boolean insecureAllowed) {
        List<InetSocketAddress> servers = registry.channel().servers();
        return !servers.isEmpty()
                && (insecureAllowed
                        || registry.channel().isProven()
                        || servers.stream()
                                .allMatch(server -> reach.tunnelSource(server).isPresent()));
    }

    /** Subscribes to changes of these peers at the registries that are reached through the device. */
    public void follow(Set<PublicKey> keys, Reachability reach) {
        for (AskedRegistry registry : registries) {
            registry.channel().servers().stream()
                    .findFirst()
                    .flatMap(reach::tunnelSource)
                    .ifPresent(source -> registry.channel().follow(keys, source, (key, news) -> {
                        inbox.add(new Heard(registry, key, null, clock.now(), news, null));
                        wake.run();
                    }));
        }
    }

    public void close() {
        registries.forEach(registry -> registry.channel().unfollow());
    }

    private void ask(AskedRegistry registry, PublicKey key, Reachability reach, Moment asked) {
        var unused = registry.channel().ask(key, reach::tunnelSource).handle((answer, failure) -> {
            inbox.add(
                    failure == null
                            ? new Heard(registry, key, asked, clock.now(), answer, null)
                            : new Heard(
                                    registry,
                                    key,
                                    asked,
                                    clock.now(),
                                    Optional.empty(),
                                    LookupErrors.unwrapped(failure)));
            wake.run();
            return null;
        });
    }

    /**
     * Takes the answers that have come meanwhile, and returns the events for registries that have come up or gone down.
     */
    public List<AgentEvent> takeIn(Device device, Reachability reach) {
        List<AgentEvent> events = new ArrayList<>();
        for (Heard heard = inbox.poll(); heard != null; heard = inbox.poll()) {
            AskedRegistry registry = heard.registry();
            DiscoveryException failure = heard.failure();
            Moment asked = heard.asked();
            if (asked == null) {
                registry.pushed(heard.key(), heard.answer());
                changed(heard.key());
            } else if (failure == null) {
                registry.answered(heard.key(), heard.answer(), took(heard, asked, device, reach));
                changed(heard.key());
            } else {
                registry.failed(heard.key());
            }
            InetSocketAddress server = registry.channel().label();
            Optional<Boolean> turn = registry.turn();
            turn.filter(up -> up).ifPresent(up -> {
                registry.channel().answers();
                registry.relays().hurry();
            });
            turn.ifPresent(up -> events.add(
                    up
                            ? new AgentEvent.RegistryUp(server)
                            : new AgentEvent.RegistryDown(
                                    server, failure == null ? "" : String.valueOf(failure.getMessage()))));
        }
        takeInRelays();
        return events;
    }

    private void changed(PublicKey key) {
        candidates.changed(key);
        relays.changed(key);
    }

    private void takeInRelays() {
        for (HeardRelays heard = relayInbox.poll(); heard != null; heard = relayInbox.poll()) {
            List<RelayAdvertisement> answer = heard.relays();
            if (answer == null) {
                heard.registry().relays().failed();
            } else if (heard.registry().relays().answered(answer)) {
                relays.relaysChanged();
            }
        }
    }

    /** Returns what is known of relays and NATs. */
    public RelayNews relayNews(Device device, Reachability reach, Moment at) {
        return relays.of(device, key -> facts(key, at.wall()), this::announcedRelays, reach);
    }

    private List<RelayAdvertisement> announcedRelays() {
        return registries.stream()
                .flatMap(registry -> registry.relays().announced().stream())
                .toList();
    }

    /** A registry names its own relays only, so that all are right about these; of a NAT the newest is. */
    private PeerFacts facts(PublicKey key, Instant now) {
        List<Advertisement> views = views(key, now);
        if (views.isEmpty()) {
            return PeerFacts.none();
        }
        List<PublicKey> hearing = views.stream()
                .flatMap(view -> view.relays().stream())
                .distinct()
                .sorted()
                .toList();
        wantUnknown(hearing);
        return new PeerFacts(
                hearing,
                views.stream().flatMap(view -> view.natMapping().stream()).findFirst());
    }

    private void wantUnknown(List<PublicKey> hearing) {
        if (!hearing.isEmpty()) {
            Set<PublicKey> known = new HashSet<>();
            announcedRelays().forEach(relay -> known.add(relay.publicKey()));
            if (!known.containsAll(hearing)) {
                registries.forEach(registry -> registry.relays().want());
            }
        }
    }

    /** Returns where each peer may be that is not kept, the newest first; if no registry is up, where it was before. */
    public Map<PublicKey, List<Candidate>> candidates(
            Device device, Set<PublicKey> kept, Reachability reach, Moment at) {
        boolean up = isAnyUp();
        if (up != wasAnyUp) {
            wasAnyUp = up;
            candidates.allChanged();
        }
        return candidates.of(device, kept, key -> known(key, at), reach);
    }

    private CandidateLists.Known known(PublicKey key, Moment at) {
        List<Endpoint> advertised = advertised(key, at.wall());
        Endpoint before = wasAnyUp || !advertised.isEmpty() ? null : remembered.get(key);
        return before == null
                ? new CandidateLists.Known(advertised, false)
                : new CandidateLists.Known(List.of(before), true);
    }

    public Optional<Endpoint> advertised(PublicKey key, Moment at) {
        return advertised(key, at.wall()).stream().findFirst();
    }

    /** Forgets peers that the device does not have, and notes that routes may have changed. */
    public void retain(Device device, Optional<PublicKey> own) {
        Set<PublicKey> keys = new HashSet<>();
        device.peers().stream().map(Peer::publicKey).forEach(keys::add);
        own.ifPresent(keys::add);
        registries.forEach(registry -> registry.retain(keys));
        candidates.allChanged();
        relays.allChanged();
    }

    private List<Advertisement> views(PublicKey key, Instant now) {
        Comparator<Advertisement> newest = Advertisement.newest(now).reversed();
        return registries.stream()
                .flatMap(registry -> registry.said(key).stream())
                .sorted(newest)
                .toList();
    }

    private List<Endpoint> advertised(PublicKey key, Instant now) {
        return views(key, now).stream()
                .flatMap(advertisement -> advertisement.endpoints().stream())
                .distinct()
                .toList();
    }

    /** A question that was asked before there was a session with the registry had to wait for its handshake. */
    private static Duration took(Heard heard, Moment asked, Device device, Reachability reach) {
        Duration took = heard.at().since(asked);
        return heard.registry().channel().servers().stream()
                .flatMap(server -> reach.registryPeer(server).stream())
                .flatMap(key -> device.peer(key).stream())
                .flatMap(peer -> peer.statistics().latestHandshake().stream())
                .filter(stamp -> !stamp.isAfter(heard.at().wall()))
                .map(stamp -> Duration.between(stamp, heard.at().wall()))
                .reduce(took, Durations::min);
    }
}
