package io.wgsd.discovery.decide.relay;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.RelayStatus;
import io.wgsd.discovery.Samples;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A device whose WireGuard sends keepalives to relays, which answer at once where a test lets them; it carries out what
 * is decided about them.
 */
final class RelayWorld {

    private static final long RENEWED_AFTER_SECONDS = 120;

    final Set<Endpoint> answering = new HashSet<>();
    final Set<PublicKey> kept = new HashSet<>();
    final Set<PublicKey> used = new HashSet<>();
    final Map<PublicKey, Moment> silent = new HashMap<>();
    final Map<PublicKey, Moment> needed = new HashMap<>();
    final List<AgentEvent> events = new ArrayList<>();
    final List<String> written = new ArrayList<>();
    final Set<PublicKey> removed = new HashSet<>();
    private final SortedMap<PublicKey, KnownRelay> announced = new TreeMap<>();
    private final SortedMap<PublicKey, Entry> peers = new TreeMap<>();
    private RelayMemory memory = RelayMemory.none();
    private Moment at = Samples.NOW;
    private @Nullable String failure;
    private @Nullable Endpoint self;

    private static final class Entry {
        private @Nullable Endpoint endpoint;
        private Duration keepalive = Duration.ZERO;
        private @Nullable Instant handshake;
        private long rx;
        private long tx;
        private @Nullable Moment sent;
        private Set<IpPrefix> allowedIps = Set.of();
    }

    RelayWorld announce(PublicKey relay, String... endpoints) {
        announced.put(
                relay,
                new KnownRelay(
                        relay, Arrays.stream(endpoints).map(Endpoint::parse).toList(), Optional.empty()));
        return this;
    }

    RelayWorld refused(PublicKey relay, String why) {
        announced.put(relay, new KnownRelay(relay, List.of(), Optional.of(why)));
        return this;
    }

    RelayWorld withdraw(PublicKey relay) {
        announced.remove(relay);
        return this;
    }

    RelayWorld answers(String... endpoints) {
        Arrays.stream(endpoints).map(Endpoint::parse).forEach(answering::add);
        return this;
    }

    RelayWorld isDead(String endpoint) {
        answering.remove(Endpoint.parse(endpoint));
        return this;
    }

    /** Lets somebody else add a relay to the device. */
    RelayWorld foreign(PublicKey relay, String endpoint, Duration keepalive) {
        Entry entry = new Entry();
        entry.endpoint = Endpoint.parse(endpoint);
        entry.keepalive = keepalive;
        peers.put(relay, entry);
        sends(entry);
        return this;
    }

    RelayWorld gives(PublicKey relay, String prefix) {
        entry(relay).allowedIps = Set.of(IpPrefix.parse(prefix));
        return this;
    }

    /** Lets somebody else set a relay's interval. */
    RelayWorld keepsAlive(PublicKey relay, Duration interval) {
        entry(relay).keepalive = interval;
        return this;
    }

    /** Takes a relay off the device, as {@code wg syncconf} does. */
    RelayWorld takesAway(PublicKey relay) {
        peers.remove(relay);
        return this;
    }

    /** Lets all writes fail, or none where the reason is null. */
    RelayWorld fails(@Nullable String why) {
        failure = why;
        return this;
    }

    /** Lets a registry see this host there from now on. */
    RelayWorld isSeenAt(String endpoint) {
        self = Endpoint.parse(endpoint);
        return this;
    }

    Duration keepalive(PublicKey relay) {
        return entry(relay).keepalive;
    }

    Moment now() {
        return at;
    }

    /** Looks and acts as long as the decisions say, for some time. */
    RelayWorld run(Duration time) {
        for (Moment end = at.plus(time); !at.isAfter(end); ) {
            at = at.plus(step());
        }
        return this;
    }

    RelayWorld run(int seconds) {
        return run(Duration.ofSeconds(seconds));
    }

    RelayView view() {
        return decide().view();
    }

    Set<PublicKey> onDevice() {
        return Set.copyOf(peers.keySet());
    }

    Endpoint endpoint(PublicKey relay) {
        return Optional.ofNullable(entry(relay).endpoint).orElseThrow();
    }

    RelayStatus status(PublicKey relay) {
        return memory.statuses(at).stream()
                .filter(status -> status.publicKey().equals(relay))
                .findFirst()
                .orElseThrow();
    }

    RelayStatus.State state(PublicKey relay) {
        return status(relay).state();
    }

    String reason(PublicKey relay) {
        return status(relay).reason().orElse("");
    }

    private Entry entry(PublicKey relay) {
        return Optional.ofNullable(peers.get(relay)).orElseThrow();
    }

    private Duration step() {
        peers.values().forEach(this::keepAlive);
        RelayDecision decision = decide();
        Map<PublicKey, String> why = new HashMap<>();
        String failing = failure;
        if (failing != null) {
            decision.changes().keySet().forEach(key -> why.put(key, failing));
        }
        RelayDecision done = decision.undone(memory, why, at);
        done.changes().values().forEach(this::apply);
        removed.addAll(done.removed());
        events.addAll(done.events());
        memory = done.memory();
        return done.lookAgainIn();
    }

    private RelayDecision decide() {
        List<Peer> read = new ArrayList<>();
        peers.forEach((key, entry) -> {
            Peer.Builder peer = Peer.builder(key)
                    .allowedIps(entry.allowedIps)
                    .persistentKeepalive(entry.keepalive)
                    .statistics(PeerStatistics.of(entry.handshake, entry.rx, entry.tx));
            Optional.ofNullable(entry.endpoint).ifPresent(peer::endpoint);
            read.add(peer.build());
        });
        Device device = Device.builder("wg0", DeviceKind.KERNEL)
                .publicKey(Samples.key(99))
                .listenPort(51820)
                .peers(read)
                .build();
        RelayNews news = new RelayNews(List.copyOf(announced.values()), Map.of(), PeerFacts.none());
        return RelayDecider.decide(
                memory,
                new RelaySight(
                        device,
                        news,
                        kept,
                        used,
                        silent,
                        needed,
                        Duration.ofMillis(80),
                        Optional.ofNullable(self),
                        at));
    }

    private void apply(DeviceChange change) {
        for (PeerChange part : change.peers()) {
            PublicKey key = part.publicKey();
            if (part.isRemove()) {
                peers.remove(key);
                written.add("remove " + key);
                continue;
            }
            if (!peers.containsKey(key) && part.isUpdateOnly()) {
                continue;
            }
            boolean known = peers.containsKey(key);
            Entry entry = peers.computeIfAbsent(key, same -> new Entry());
            entry.endpoint = part.endpoint().orElse(entry.endpoint);
            Duration before = entry.keepalive;
            entry.keepalive = part.persistentKeepalive().orElse(before);
            if (before.isZero() && !entry.keepalive.isZero()) {
                written.add((known ? "test " : "add ") + key);
                sends(entry);
            }
        }
    }

    private void keepAlive(Entry entry) {
        Moment sent = entry.sent;
        if (!entry.keepalive.isZero() && (sent == null || at.since(sent).compareTo(entry.keepalive) >= 0)) {
            sends(entry);
        }
    }

    private void sends(Entry entry) {
        entry.sent = at;
        Instant handshake = entry.handshake;
        boolean renews = handshake == null
                || handshake.plusSeconds(RENEWED_AFTER_SECONDS).isBefore(at.wall());
        entry.tx += renews ? 148 : 32;
        if (answering.contains(entry.endpoint)) {
            entry.rx += renews ? 92 + 32 : 32;
            entry.handshake = renews ? at.wall() : handshake;
        }
    }
}
