package io.wgsd.discovery.decide;

import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.Samples;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.discovery.decide.relay.RelayView;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What is sent to one address is bounded, no matter how many peers are advertised there. */
class DestinationBudgetsTest {

    private static final int PEERS = 300;

    private Duration step = Duration.ofMillis(250);
    private AgentMemory state = AgentMemory.initial(7, NOW);
    private Moment now = NOW;
    private final Map<PublicKey, Endpoint> endpoints = new HashMap<>();
    private final Map<PublicKey, Instant> stamps = new HashMap<>();
    private final Map<PublicKey, Integer> attempts = new HashMap<>();
    private Optional<Duration> keepalive = Optional.empty();
    private IntFunction<String> advertised = i -> "203.0.113.9:" + (1000 + i);

    @Test
    void aVictimGetsSixtyFourAttemptsAtOnceAndOneEachTwoSeconds() {
        int first = passes(Duration.ofSeconds(10));
        assertThat(first).isBetween(32, 64 + 5 + 1);
        assertThat(passes(Duration.ofMinutes(5))).isBetween(100, 32 + 150 + 1);
    }

    @Test
    void thatHoldsWhereTheRegistryHasNewsAllTheTime() {
        advertised = i -> "203.0.113.9:" + (1000 + i + Math.floorMod(now.nanos() / 1_000_000_000L, 40_000));
        assertThat(passes(Duration.ofMinutes(2))).isLessThanOrEqualTo(64 + 60 + 1);
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        advertised = i -> "[2001:db8:0:1::" + Integer.toHexString(i + 1) + "]:1000";
        assertThat(passes(Duration.ofMinutes(2))).isLessThanOrEqualTo(64 + 60 + 1);
    }

    @Test
    void peersAtAddressesOfTheirOwnAreNotHeldBack() {
        advertised = i -> "203.0.113." + i % 250 + ":" + (1000 + i);
        passes(Duration.ofSeconds(30));
        assertThat(attempts.size()).isEqualTo(PEERS);
    }

    @Test
    void manyPeersBehindOneNatThatAnswerAreAllReachedSoon() {
        passesAnswered(Duration.ofSeconds(30));
        assertThat(attempts.size()).isEqualTo(PEERS);
        assertThat(state.statuses(now)).allMatch(peer -> peer.state() == PeerState.DIRECT);
    }

    @Test
    void anEndpointThatWasTriedIsTakenBackNoMatterHowMuchWasSentToTheOldOne() {
        Endpoint old = Endpoint.parse("203.0.113.9:1000");
        Endpoint tried = Endpoint.parse("203.0.113.10:1000");
        PeerMemory peer = PeerMemory.first(Samples.shaken(Samples.peer(key(100), tried.toString()), 200), NOW)
                .trial(new Trial(old, tried, NOW, NOW, false, 1))
                .written(null);
        DestinationBudgets left = new DestinationBudgets(
                Map.of(old.address(), new TokenBucket(0, NOW.nanos())),
                List.of(peer),
                new RelayView(RelayNews.none(), Map.of()),
                NOW);

        assertThat(left.wait(peer, new PeerDecision.Action(old, false, false, false)))
                .isZero();
        assertThat(left.wait(peer, new PeerDecision.Action(Endpoint.parse("203.0.113.9:2000"), false, false, true)))
                .isPositive();
    }

    @Test
    void allGetTheirTurn() {
        step = Duration.ofSeconds(1);
        passes(Duration.ofMinutes(15));
        assertThat(attempts.size()).isEqualTo(PEERS);
    }

    @Test
    void withKeepaliveThirtyTwoAtMostArePointedThere() {
        keepalive = Optional.of(Duration.ofSeconds(25));
        step = Duration.ofSeconds(1);
        passes(Duration.ofMinutes(15));
        assertThat(endpoints.size()).isBetween(30, 32);
    }

    private int passes(Duration time) {
        return passes(time, false);
    }

    private void passesAnswered(Duration time) {
        passes(time, true);
    }

    private int passes(Duration time, boolean answered) {
        int before = attempts.values().stream().mapToInt(Integer::intValue).sum();
        Moment end = now.plus(time);
        while (!end.hasCome(now)) {
            DeviceDecision decision = DeviceDecider.decide(state, observation());
            state = decision.state();
            Set<PublicKey> tried = new HashSet<>(decision.datagrams());
            decision.change()
                    .ifPresent(change -> change.peers().forEach(part -> {
                        tried.add(part.publicKey());
                        part.endpoint().ifPresent(endpoint -> endpoints.put(part.publicKey(), endpoint));
                    }));
            tried.stream().filter(key -> !stamps.containsKey(key)).forEach(key -> {
                attempts.merge(key, 1, Integer::sum);
                if (answered) {
                    stamps.put(key, now.wall());
                }
            });
            now = now.plus(step);
        }
        return attempts.values().stream().mapToInt(Integer::intValue).sum() - before;
    }

    private Observation observation() {
        List<Peer> peers = new ArrayList<>();
        Map<PublicKey, List<Candidate>> candidates = new HashMap<>();
        for (int i = 0; i < PEERS; i++) {
            PublicKey key = key(100 + i);
            Peer.Builder peer = Peer.builder(key).statistics(PeerStatistics.of(stamps.get(key), 0, 0));
            keepalive.ifPresent(peer::persistentKeepalive);
            Optional.ofNullable(endpoints.get(key)).ifPresent(peer::endpoint);
            peers.add(peer.build());
            candidates.put(key, List.of(Candidate.advertised(Endpoint.parse(advertised.apply(i)))));
        }
        Device device = Device.builder("wg0", DeviceKind.KERNEL)
                .publicKey(key(1))
                .listenPort(51820)
                .peers(peers)
                .build();
        return new Observation(
                device,
                candidates,
                Set.of(),
                candidates.keySet(),
                false,
                true,
                History.ROUND_TRIP,
                Optional.empty(),
                now);
    }
}
