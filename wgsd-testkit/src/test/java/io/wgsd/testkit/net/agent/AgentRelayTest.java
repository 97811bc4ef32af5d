package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.BOB_TUNNEL;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.PeerState;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatKind;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.Ping;
import io.wgsd.testkit.net.SimulatedRegistry;
import io.wgsd.testkit.net.SimulatedRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two agents and the relays that their registry announces, 40 ms one way between any two. */
class AgentRelayTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<Ping> pings = new ArrayList<>();
    private NatLab lab = NatLab.builder().build();
    private SimulatedAgent alice;
    private SimulatedAgent bob;

    @Test
    void twoThatCannotBePunchedReachEachOtherByTheRelay() {
        start(NatKind.SYMMETRIC, "one");
        untilConnected();
        pass(2_000);

        assertThat(endpointOfBob()).contains(relay("one").endpoint(false));
        assertThat(alice.status(BOB).state()).isEqualTo(PeerState.RELAYED);
        assertThat(bob.status(ALICE).state()).isEqualTo(PeerState.RELAYED);
        assertThat(relay("one").attached()).containsOnlyKeys(ALICE, BOB);
    }

    @Test
    void twoThatCanBePunchedDoNotUseIt() {
        start(NatKind.PORT_RESTRICTED_CONE, "one");
        untilConnected();
        pass(2_000);

        assertThat(endpointOfBob()).isEqualTo(lab.advertised(BOB));
        assertThat(alice.status(BOB).state()).isEqualTo(PeerState.DIRECT);
    }

    @Test
    void aRestartOfTheRelayCostsRoundTrips() {
        start(NatKind.SYMMETRIC, "one");
        untilConnected();
        ping();
        pass(5_000);
        relay("one").restart();
        pass(60_000);

        assertThat(longestGap()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aRelayThatHasLostItsStateIsAttachedToAgain() {
        start(NatKind.SYMMETRIC, "one");
        untilConnected();
        ping();
        pass(5_000);
        relay("one").restartWithoutState();
        pass(300_000);

        assertThat(relay("one").attached()).containsOnlyKeys(ALICE, BOB);
        assertThat(pings.get(pings.size() - 10).isAnswered()).isTrue();
    }

    @Test
    void whereOneRelayIsAwayTheOtherIsUsed() {
        start(NatKind.SYMMETRIC, "one", "two");
        untilConnected();
        ping();
        pass(10_000);
        SimulatedRelay used =
                endpointOfBob().equals(Optional.of(relay("one").endpoint(false))) ? relay("one") : relay("two");
        used.setUp(false);
        pass(120_000);

        assertThat(endpointOfBob()).isNotEqualTo(Optional.of(used.endpoint(false)));
        assertThat(longestGap()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aPairWhoseDirectPathIsShutFallsBack() {
        start(NatKind.PORT_RESTRICTED_CONE, "one");
        untilConnected();
        ping();
        pass(30_000);
        lab.setPath(false, false);
        pass(60_000);

        assertThat(endpointOfBob()).contains(relay("one").endpoint(false));
        assertThat(alice.status(BOB).state()).isEqualTo(PeerState.RELAYED);
        assertThat(longestGap()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void wherePeersAnswerProbesACutPathCostsLessThanFourAndAHalfSeconds() {
        start(NatKind.PORT_RESTRICTED_CONE, "one");
        lab.alice().wireGuard(DEVICE).setRefusing(true);
        lab.bob().wireGuard(DEVICE).setRefusing(true);
        untilConnected();
        ping();
        pass(30_000);
        lab.setPath(false, false);
        pass(60_000);

        assertThat(alice.status(BOB).state()).isEqualTo(PeerState.RELAYED);
        assertThat(longestGap()).isLessThan(Duration.ofMillis(4_500));
    }

    @Test
    void aDirectPathThatOpensIsTakenWithoutALoss() {
        start(NatKind.PORT_RESTRICTED_CONE, "one");
        lab.setPath(false, false);
        untilConnected();
        ping();
        pass(30_000);
        assertThat(endpointOfBob()).contains(relay("one").endpoint(false));
        lab.setPath(true, true);
        pass(1_000_000);

        assertThat(endpointOfBob()).isEqualTo(lab.advertised(BOB));
        assertThat(alice.status(BOB).state()).isEqualTo(PeerState.DIRECT);
        assertThat(bob.status(ALICE).state()).isEqualTo(PeerState.DIRECT);
        assertThat(longestGap()).isZero();
    }

    @Test
    void aPathThatIsOpenInOneDirectionIsNone() {
        start(NatKind.PORT_RESTRICTED_CONE, "one");
        untilConnected();
        ping();
        pass(30_000);
        lab.setPath(true, false);
        pass(120_000);

        assertThat(longestGap()).isLessThan(Duration.ofSeconds(20));
    }

    private void start(NatKind nats, String... relays) {
        NatLab.Builder builder = NatLab.builder().nat(nats).conditions(LinkConditions.delay(Duration.ofMillis(40)));
        for (String relay : relays) {
            builder.relay(relay);
        }
        lab = builder.build();
        SimulatedRegistry registry = SimulatedRegistry.start(lab.registry(), DEVICE)
                .pushing(true)
                .announce(List.of(relays).stream().map(lab::relay).toArray(SimulatedRelay[]::new));
        alice = new SimulatedAgent(lab, registry, lab.alice(), 1).start();
        bob = new SimulatedAgent(lab, registry, lab.bob(), 2).start();
    }

    private SimulatedRelay relay(String name) {
        return lab.relay(name);
    }

    private void untilConnected() {
        assertThat(lab.timeline().runUntil(lab::isConnected, LIMIT)).isTrue();
    }

    private void ping() {
        lab.timeline()
                .scheduleAtFixedRate(
                        Duration.ofSeconds(2),
                        Duration.ofMillis(200),
                        () -> pings.add(lab.alice().wireGuard(DEVICE).ping(BOB_TUNNEL)));
    }

    /** Returns for how long in a row no ping was answered. */
    private Duration longestGap() {
        int longest = 0;
        int gap = 0;
        for (Ping ping : pings.subList(0, pings.size() - 10)) {
            gap = ping.isAnswered() ? 0 : gap + 1;
            longest = Math.max(longest, gap);
        }
        return Duration.ofMillis(200L * longest);
    }

    private Optional<Endpoint> endpointOfBob() {
        return lab.alice().wireGuard(DEVICE).device().peer(BOB).flatMap(Peer::endpoint);
    }

    private void pass(long millis) {
        lab.timeline().runFor(Duration.ofMillis(millis));
    }
}
