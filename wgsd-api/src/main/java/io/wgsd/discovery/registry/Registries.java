package io.wgsd.discovery.registry;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.decide.Candidate;
import io.wgsd.discovery.decide.Pace;
import io.wgsd.discovery.lookup.Failures;
import io.wgsd.discovery.route.Reach;
import io.wgsd.dnssd.Advertisement;
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
 * What all registries say together: each is asked on its own, and of what they say about a peer the newest comes first.
 *
 * <p>Not thread-safe, but for the answers, which come in on whatever thread they like.
 */
public final class Registries {

    /** A question or its answer may be lost, so that another is asked meanwhile; but not many. */
    private static final int MOST_PENDING = 4;

    private final List<RegistryView> views;
    private final Queue<Heard> inbox = new ConcurrentLinkedQueue<>();
    private final Map<PublicKey, Endpoint> remembered = new HashMap<>();
    private final TimeSource clock;
    private final Runnable wake;
    private final CandidateLists candidates = new CandidateLists();
    private boolean wasAnyUp;

    public Registries(Collection<Feed> feeds, TimeSource clock, Runnable wake) {
        views = feeds.stream().map(RegistryView::new).toList();
        this.clock = clock;
        this.wake = wake;
    }

    private record Heard(
            RegistryView view,
            PublicKey key,
            @Nullable Moment asked,
            Moment at,
            Optional<Advertisement> answer,
            @Nullable DiscoveryException failure) {}

    public List<InetSocketAddress> servers() {
        return views.stream().flatMap(view -> view.feed().servers().stream()).toList();
    }

    /** Has each find out where it is, and returns what there is to say of those of which that is not known. */
    public List<AgentEvent> refresh(Moment at) {
        List<AgentEvent> events = new ArrayList<>();
        for (RegistryView view : views) {
            InetSocketAddress label = view.feed().label();
            view.feed()
                    .refresh(view.isAway(), at, wake)
                    .filter(why -> view.refused())
                    .ifPresent(why -> events.add(new AgentEvent.RegistryDown(
                            label,
                            "registry " + label.getHostString() + ":" + label.getPort() + " cannot be asked: " + why)));
        }
        return events;
    }

    public boolean isAnyUp() {
        return views.stream().anyMatch(RegistryView::isUp);
    }

    public Duration roundTrip() {
        return views.stream()
                .filter(RegistryView::isUp)
                .flatMap(view -> view.roundTrip().stream())
                .min(Duration::compareTo)
                .orElse(Pace.DEFAULT_ROUND_TRIP);
    }

    public Map<PublicKey, Endpoint> remembered() {
        return remembered;
    }

    /** Asks every registry about a peer. */
    public void ask(PublicKey key, Reach reach, boolean insecureAllowed) {
        for (RegistryView view : views) {
            Moment now = clock.now();
            if (mayBeAsked(view, reach, insecureAllowed)
                    && view.pending(key) < MOST_PENDING
                    && view.isWorthAsking(key, now)) {
                view.asked(key, now);
                ask(view, key, reach, now);
            }
        }
    }

    /** Returns what there is to say of registries that must not be asked, each once. */
    public List<AgentEvent> refused(Reach reach, boolean insecureAllowed) {
        return views.stream()
                .filter(view -> !view.feed().servers().isEmpty())
                .filter(view -> !mayBeAsked(view, reach, insecureAllowed) && view.refused())
                .<AgentEvent>map(view -> new AgentEvent.RegistryNotAsked(
                        view.feed().label(), notAsked(view.feed().servers(), reach)))
                .toList();
    }

    private static String notAsked(List<InetSocketAddress> servers, Reach reach) {
        return servers.stream()
                        .filter(server -> reach.tunnelSource(server).isEmpty())
                        .map(server -> "registry " + Failures.text(server) + " is not asked: "
                                + reach.obstacle(server).orElse("it is not known how it is reached"))
                        .findFirst()
                        .orElse("")
                + "; anyone on the way could forge its answers, so ask it at an address inside the tunnel, or demand a signer";
    }

    /** Returns whether a registry that must not be asked may be by now, each time it comes to that once. */
    public boolean isReadmitted(Reach reach, boolean insecureAllowed) {
        boolean news = false;
        for (RegistryView view : views) {
            news |= mayBeAsked(view, reach, insecureAllowed) && view.readmitted();
        }
        return news;
    }

    private static boolean mayBeAsked(RegistryView view, Reach reach, boolean insecureAllowed) {
        List<InetSocketAddress> servers = view.feed().servers();
        return !servers.isEmpty()
                && (insecureAllowed
                        || view.feed().isProven()
                        || servers.stream()
                                .allMatch(server -> reach.tunnelSource(server).isPresent()));
    }

    /** Has the registries tell of changes of these peers by themselves, where they are reached through the device. */
    public void follow(Set<PublicKey> keys, Reach reach) {
        for (RegistryView view : views) {
            view.feed().servers().stream()
                    .findFirst()
                    .flatMap(reach::tunnelSource)
                    .ifPresent(source -> view.feed().follow(keys, source, (key, told) -> {
                        inbox.add(new Heard(view, key, null, clock.now(), told, null));
                        wake.run();
                    }));
        }
    }

    public void close() {
        views.forEach(view -> view.feed().unfollow());
    }

    private void ask(RegistryView view, PublicKey key, Reach reach, Moment asked) {
        var unused = view.feed().ask(key, reach::tunnelSource).handle((answer, failure) -> {
            inbox.add(
                    failure == null
                            ? new Heard(view, key, asked, clock.now(), answer, null)
                            : new Heard(view, key, asked, clock.now(), Optional.empty(), Failures.unwrapped(failure)));
            wake.run();
            return null;
        });
    }

    /** Takes in what was answered meanwhile, and returns what that means for the registries' health. */
    public List<AgentEvent> takeIn(Device device, Reach reach) {
        List<AgentEvent> events = new ArrayList<>();
        for (Heard heard = inbox.poll(); heard != null; heard = inbox.poll()) {
            RegistryView view = heard.view();
            DiscoveryException failure = heard.failure();
            Moment asked = heard.asked();
            if (asked == null) {
                view.told(heard.key(), heard.answer());
                candidates.changed(heard.key());
            } else if (failure == null) {
                view.answered(heard.key(), heard.answer(), took(heard, asked, device, reach));
                candidates.changed(heard.key());
            } else {
                view.failed(heard.key());
            }
            InetSocketAddress server = view.feed().label();
            Optional<Boolean> turn = view.turn();
            turn.filter(up -> up).ifPresent(up -> view.feed().answers());
            turn.ifPresent(up -> events.add(
                    up
                            ? new AgentEvent.RegistryUp(server)
                            : new AgentEvent.RegistryDown(
                                    server, failure == null ? "" : String.valueOf(failure.getMessage()))));
        }
        return events;
    }

    /** Returns where each peer may be that is not kept: the newest knowledge first, and what was good once where no registry is up. */
    public Map<PublicKey, List<Candidate>> candidates(Device device, Set<PublicKey> kept, Reach reach, Moment at) {
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

    /** Forgets peers that the device does not have, and what was known of routes. */
    public void retain(Device device, Optional<PublicKey> own) {
        Set<PublicKey> keys = new HashSet<>();
        device.peers().stream().map(Peer::publicKey).forEach(keys::add);
        own.ifPresent(keys::add);
        views.forEach(view -> view.retain(keys));
        candidates.allChanged();
    }

    private List<Endpoint> advertised(PublicKey key, Instant now) {
        Comparator<Advertisement> newest = Advertisement.newest(now).reversed();
        return views.stream()
                .flatMap(view -> view.said(key).stream())
                .sorted(newest)
                .flatMap(advertisement -> advertisement.endpoints().stream())
                .distinct()
                .toList();
    }

    /** What was asked before there was a session with the registry waited for its handshake. */
    private static Duration took(Heard heard, Moment asked, Device device, Reach reach) {
        Duration took = heard.at().since(asked);
        return heard.view().feed().servers().stream()
                .flatMap(server -> reach.registryPeer(server).stream())
                .flatMap(key -> device.peer(key).stream())
                .flatMap(peer -> peer.statistics().latestHandshake().stream())
                .filter(stamp -> !stamp.isAfter(heard.at().wall()))
                .map(stamp -> Duration.between(stamp, heard.at().wall()))
                .reduce(took, Pace::min);
    }
}
