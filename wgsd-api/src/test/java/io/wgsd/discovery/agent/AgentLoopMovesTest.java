package io.wgsd.discovery.agent;

import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.key;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.Samples;
import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.registry.AnsweringChannel;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.internal.Threads;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An agent with fifty peers whose sessions run over a relay, and whose direct paths do not work. */
class AgentLoopMovesTest {

    private static final PublicKey RELAY = key(200);
    private static final Endpoint AT_RELAY = Endpoint.parse("192.0.2.1:443");
    private static final int FIRST = 101;
    private static final int PEERS = 50;

    /** A decision about a peer that needs one is never put off for longer because of a move. */
    private static final Duration MOST = Duration.ofMillis(250);

    private final AnsweringChannel registry = new AnsweringChannel().announce(RELAY, AT_RELAY);
    private final LiveDevice device = new LiveDevice(Samples.device(peers())) {
        @Override
        public Device read(String name, ReadOptions options) throws WireGuardException {
            now = now.plus(reading);
            return super.read(name, options);
        }
    };
    private final Map<PublicKey, Integer> ends = new HashMap<>();
    private Moment now = NOW;
    private Duration reading = Duration.ZERO;
    private Duration whileMoving = Duration.ZERO;
    private Duration longestDelay = Duration.ZERO;
    private @Nullable Moment needed;

    @Test
    void movesOfManyPeersDelayNoDecisionAndEachHasItsTurn() {
        AgentLoop agent = agent();
        run(agent, Duration.ofSeconds(2));
        assertThat(agent.statuses())
                .filteredOn(status -> status.state() == PeerState.RELAYED)
                .hasSize(PEERS);
        run(agent, Duration.ofSeconds(168));

        assertThat(agent.statuses())
                .filteredOn(status -> !ends.containsKey(status.publicKey()))
                .extracting(PeerStatus::publicKey)
                .containsExactly(REGISTRY);
        assertThat(whileMoving).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(120));
        assertThat(longestDelay).isBetween(Duration.ofMillis(1), MOST);
    }

    @Test
    void whereADeviceIsReadSlowlyLooksAndMovesTakeTurns() {
        AgentLoop agent = agent();
        reading = Duration.ofMillis(1500);
        int looks = 0;
        int steps = 0;
        Moment end = now.plus(Duration.ofMinutes(2));
        while (!now.isAfter(end)) {
            boolean moving = agent.isMoving();
            Duration pause = agent.step();
            now = now.plus(pause);
            looks += moving && !agent.wasMove() ? 1 : 0;
            steps += moving && agent.wasMove() ? 1 : 0;
        }
        assertThat(steps).isGreaterThan(looks / 2);
        assertThat(looks).isGreaterThan(steps / 4);
    }

    @Test
    void aPeerIsWhereItWasWhileItIsMoved() {
        AgentLoop agent = agent();
        Set<PeerState> states = new HashSet<>();
        for (Moment end = now.plus(Duration.ofSeconds(30)); !now.isAfter(end); now = now.plus(agent.step())) {
            agent.statuses().stream()
                    .filter(status -> now.since(NOW).compareTo(Duration.ofSeconds(2)) > 0)
                    .filter(status -> !status.publicKey().equals(REGISTRY))
                    .map(PeerStatus::state)
                    .forEach(states::add);
        }
        assertThat(ends).isNotEmpty();
        assertThat(states).containsExactly(PeerState.RELAYED);
    }

    private void run(AgentLoop agent, Duration time) {
        Moment end = now.plus(time);
        while (!now.isAfter(end)) {
            Moment before = now;
            if (needed == null && agent.isMoving()) {
                agent.networkChanged();
                needed = now;
            }
            boolean moving = agent.isMoving();
            now = now.plus(agent.step());
            whileMoving = moving ? whileMoving.plus(now.since(before)) : whileMoving;
        }
    }

    private void recorded(String line) {
        if (line.startsWith("look ")) {
            Duration delay = needed == null ? Duration.ZERO : now.since(needed);
            longestDelay = delay.compareTo(longestDelay) > 0 ? delay : longestDelay;
            needed = null;
        } else if (line.startsWith("moved ")) {
            ends.merge(PublicKey.parse(line.split(" ", -1)[1]), 1, Integer::sum);
        }
    }

    private static Peer[] peers() {
        List<Peer> peers = new ArrayList<>();
        peers.add(peer(REGISTRY, "192.0.2.254:51820", "10.0.0.254/32"));
        for (int i = 0; i < PEERS; i++) {
            peers.add(peer(key(FIRST + i), AT_RELAY.toString(), "10.0.1." + (1 + i) + "/32"));
        }
        return peers.toArray(Peer[]::new);
    }

    private AgentLoop agent() {
        device.adds(RELAY, AT_RELAY);
        for (int i = 0; i < PEERS; i++) {
            PublicKey peer = key(FIRST + i);
            registry.advertise(peer, Endpoint.parse("203.0.113." + (1 + i) + ":1000"));
            device.hears(peer, NOW.wall());
        }
        return new AgentLoop(
                new AgentParts(
                        device,
                        "wg0",
                        List.of(registry),
                        Set.of(),
                        false,
                        true,
                        true,
                        new FakeRoutes(),
                        Trigger.none(),
                        AgentStore.inMemory(),
                        event -> {},
                        this::recorded,
                        () -> now,
                        7,
                        null,
                        List.of(),
                        Threads.daemons("test")),
                () -> {});
    }
}
