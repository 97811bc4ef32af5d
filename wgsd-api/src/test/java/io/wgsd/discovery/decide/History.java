package io.wgsd.discovery.decide;

import static io.wgsd.discovery.Samples.NOW;

import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.Samples;
import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.discovery.decide.move.MoveReport;
import io.wgsd.discovery.decide.relay.KnownRelay;
import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is read of one peer as time goes on, and what is decided each time; the peer's own state is whatever a test
 * says.
 */
final class History {

    static final PublicKey OWN = Samples.key(50);
    static final PublicKey GREATER = Samples.key(60);
    static final PublicKey LESSER = Samples.key(40);
    static final PublicKey RELAY = Samples.key(70);
    static final String RELAY_ENDPOINT = "192.0.2.1:443";
    static final Duration ROUND_TRIP = Duration.ofMillis(80);

    private final PublicKey key;
    private AgentMemory state = AgentMemory.initial(7, NOW);
    private Moment now = NOW;
    private Optional<Endpoint> endpoint = Optional.empty();
    private Duration keepalive = Duration.ZERO;
    private Optional<Instant> stamp = Optional.empty();
    private long rx;
    private long tx;
    private List<Candidate> candidates = List.of();
    private Set<PublicKey> kept = Set.of();
    private boolean routed = true;
    private boolean mayRestart = true;
    private Optional<Endpoint> self = Optional.of(Endpoint.parse("203.0.113.1:40123"));
    private boolean answering;
    private RelayNews relays = RelayNews.none();
    private Nearby nearby = Nearby.none();

    private History(PublicKey key) {
        this.key = key;
    }

    /** This host goes first. */
    static History opener() {
        return new History(GREATER);
    }

    /** This host goes second. */
    static History caller() {
        return new History(LESSER);
    }

    History advertised(String... endpoints) {
        candidates = List.of(endpoints).stream()
                .map(Endpoint::parse)
                .map(Candidate::advertised)
                .toList();
        return this;
    }

    /** Advertises the peer at an endpoint that packets may not reach. */
    History doubted(String text, String why) {
        candidates = List.of(new Candidate(Endpoint.parse(text), Optional.empty(), false, Optional.of(why)));
        return this;
    }

    History refused(String text, String reason) {
        candidates = List.of(new Candidate(Endpoint.parse(text), Optional.of(reason), false));
        return this;
    }

    History endpoint(String text) {
        endpoint = Optional.of(Endpoint.parse(text));
        return this;
    }

    History keepalive(int seconds) {
        keepalive = Duration.ofSeconds(seconds);
        return this;
    }

    History unrouted() {
        routed = false;
        return this;
    }

    History withoutRestarts() {
        mayRestart = false;
        return this;
    }

    /** The peer has registered an address in this host's network. */
    History neighbour(String text) {
        nearby = new Nearby(List.of(Endpoint.parse(text)), List.of(), false);
        return this;
    }

    /** The peer has registered another endpoint that is reached from anywhere. */
    History alsoAt(String text) {
        nearby = new Nearby(List.of(), List.of(Endpoint.parse(text)), false);
        return this;
    }

    /** It is not known yet what the peer has registered. */
    History awaited() {
        nearby = Nearby.whileAwaited();
        return this;
    }

    /** A registry sees this host there. */
    History seenAt(String text) {
        self = Optional.of(Endpoint.parse(text));
        return this;
    }

    /** A relay hears both; what is known of this host's NAT and of the peer's follows. */
    History relayed(@Nullable NatMapping own, @Nullable NatMapping other) {
        relays = new RelayNews(
                List.of(new KnownRelay(RELAY, List.of(Endpoint.parse(RELAY_ENDPOINT)), Optional.empty())),
                Map.of(key, new PeerFacts(List.of(RELAY), Optional.ofNullable(other))),
                new PeerFacts(List.of(RELAY), Optional.ofNullable(own)));
        return this;
    }

    History relayed() {
        return relayed(null, null);
    }

    /** The relay does not hear the peer any more. */
    History relayGone() {
        relays = new RelayNews(relays.relays(), Map.of(), relays.self());
        return this;
    }

    History kept() {
        kept = Set.of(key);
        return this;
    }

    /** Something was received. */
    History receives(long bytes) {
        rx += bytes;
        return this;
    }

    /** Something was sent. */
    History sends(long bytes) {
        tx += bytes;
        return this;
    }

    /** A handshake has been completed. */
    History shakesHands() {
        stamp = Optional.of(now.wall());
        return this;
    }

    /** The last handshake was so many seconds ago by the wall clock, or in the future. */
    History shookHands(long secondsAgo) {
        stamp = Optional.of(now.wall().minusSeconds(secondsAgo));
        return this;
    }

    /** Its host answers datagrams that nobody listens for, within one look. */
    History answering() {
        answering = true;
        return this;
    }

    /** Nothing is received from it any more. */
    History silent() {
        answering = false;
        return this;
    }

    /** Somebody sets the wall clock. */
    History setsClock(Duration further) {
        now = new Moment(now.wall().plus(further), now.nanos());
        return this;
    }

    History passes(long millis) {
        now = now.plus(Duration.ofMillis(millis));
        return this;
    }

    /** Reads and decides; what is written takes effect, and what makes WireGuard send makes it send an initiation. */
    DeviceDecision decides() {
        DeviceDecision decision = DeviceDecider.decide(state, observation());
        state = decision.state();
        decision.change().ifPresent(this::apply);
        return decision;
    }

    /** Decides each 25 ms, and returns the decisions in which something was done. */
    List<DeviceDecision> decidesFor(Duration time) {
        Moment end = now.plus(time);
        List<DeviceDecision> done = new ArrayList<>();
        while (!end.hasCome(now)) {
            DeviceDecision decision = decides();
            if (decision.change().isPresent() || !decision.datagrams().isEmpty()) {
                done.add(decision);
                carry(decision);
            }
            passes(25);
        }
        return done;
    }

    /** Decides each 25 ms, and returns after how many milliseconds datagrams were sent. */
    List<Long> datagramsIn(Duration time) {
        Moment begun = now;
        return decidesFor(time).stream()
                .filter(decision -> !decision.datagrams().isEmpty())
                .map(decision -> decision.state().peers().get(key).probes().sent())
                .map(sent -> Objects.requireNonNull(sent).since(begun).toMillis())
                .toList();
    }

    /** An order was carried out. */
    void reports(MoveReport.Outcome outcome) {
        state = state.reported(new MoveReport(key, outcome));
    }

    PeerStatus status() {
        return state.statuses(now).stream()
                .filter(status -> status.publicKey().equals(key))
                .findFirst()
                .orElseThrow();
    }

    Moment now() {
        return now;
    }

    PublicKey key() {
        return key;
    }

    /** Returns what is written to peers. */
    static List<PeerChange> parts(DeviceDecision decision) {
        return decision.change().map(DeviceChange::peers).orElse(List.of());
    }

    /** Returns the change that sets the peer's endpoint and nothing else. */
    DeviceChange endpointOnly(String text) {
        return DeviceChange.builder()
                .peer(key)
                .updateOnly()
                .endpoint(Endpoint.parse(text))
                .build();
    }

    /** What is sent under a session is data, and without one an initiation. */
    private void carry(DeviceDecision decision) {
        boolean data = stamp.isPresent()
                && now.wall().isBefore(stamp.orElseThrow().plus(Session.LIFETIME))
                && !decision.restarts();
        sends(data && !decision.datagrams().isEmpty() ? 64 : data ? 0 : 148);
        if (data && answering) {
            receives(96);
        }
    }

    private void apply(DeviceChange change) {
        change.peers().forEach(part -> {
            if (part.isRestart()) {
                stamp = Optional.empty();
                rx = 0;
                tx = 0;
            }
            part.endpoint().ifPresent(value -> endpoint = Optional.of(value));
            part.persistentKeepalive().ifPresent(value -> keepalive = value);
        });
    }

    private Observation observation() {
        Peer.Builder peer = Peer.builder(key)
                .persistentKeepalive(keepalive)
                .statistics(PeerStatistics.of(stamp.orElse(null), rx, tx));
        endpoint.ifPresent(peer::endpoint);
        List<Peer> peers = new ArrayList<>(List.of(peer.build()));
        if (!relays.relays().isEmpty()) {
            peers.add(Peer.builder(RELAY)
                    .endpoint(Endpoint.parse(RELAY_ENDPOINT))
                    .statistics(PeerStatistics.of(now.wall(), now.nanos(), 0))
                    .build());
        }
        Device device = Device.builder("wg0", DeviceKind.KERNEL)
                .publicKey(OWN)
                .listenPort(51820)
                .peers(peers)
                .build();
        Map<PublicKey, List<Candidate>> known = Map.of(key, candidates);
        Set<PublicKey> asked = RouteQuestions.of(state.read(device, now), known, kept, relays, now);
        return new Observation(
                device,
                known,
                kept,
                new AskedRoutes(asked, routed),
                mayRestart,
                true,
                ROUND_TRIP,
                self,
                relays,
                Map.of(key, nearby),
                now);
    }

    /**
     * The answers to the questions that were asked before the decision; a decision that needs another answer fails the
     * test.
     */
    private static final class AskedRoutes extends AbstractSet<PublicKey> {

        private final Set<PublicKey> asked;
        private final boolean routed;

        AskedRoutes(Set<PublicKey> asked, boolean routed) {
            this.asked = asked;
            this.routed = routed;
        }

        @Override
        public boolean contains(Object key) {
            if (!asked.contains(key)) {
                throw new AssertionError("nobody asked for the route to " + key);
            }
            return routed;
        }

        @Override
        public Iterator<PublicKey> iterator() {
            return (routed ? asked : Set.<PublicKey>of()).iterator();
        }

        @Override
        public int size() {
            return routed ? asked.size() : 0;
        }
    }
}
