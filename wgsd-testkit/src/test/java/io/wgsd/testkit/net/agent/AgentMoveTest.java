package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.BOB_TUNNEL;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.PeerState;
import io.wgsd.model.Endpoint;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatBehaviour;
import io.wgsd.testkit.net.NatBehaviour.Filtering;
import io.wgsd.testkit.net.NatBehaviour.Mapping;
import io.wgsd.testkit.net.NatKind;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.Ping;
import io.wgsd.testkit.net.SimulatedRegistry;
import io.wgsd.testkit.net.SimulatedRelay;
import io.wgsd.testkit.net.WireGuardImplementation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two agents whose session begins on a relay, in the simulated net. */
class AgentMoveTest {

    private final List<Ping> pings = new ArrayList<>();
    private NatLab lab;
    private SimulatedRelay relay;
    private SimulatedAgent alice;
    private SimulatedAgent bob;

    private void up(NatBehaviour nat) {
        up(nat, nat);
    }

    private void up(NatBehaviour ofAlice, NatBehaviour ofBob) {
        lab = NatLab.builder()
                .aliceNat(ofAlice)
                .bobNat(ofBob)
                .implementation(WireGuardImplementation.linux(100))
                .conditions(LinkConditions.builder()
                        .delay(Duration.ofMillis(40))
                        .jitter(Duration.ofMillis(3))
                        .build())
                .keepalive(Duration.ofSeconds(25))
                .relay("relay")
                .up();
        lab.alice().wireGuard(DEVICE).setRefusing(true);
        lab.bob().wireGuard(DEVICE).setRefusing(true);
        relay = lab.relay("relay").members(ALICE, BOB);
        SimulatedRegistry registry =
                SimulatedRegistry.start(lab.registry(), DEVICE).pushing(true).announce(relay);
        alice = new SimulatedAgent(lab, registry, lab.alice(), 1);
        bob = new SimulatedAgent(lab, registry, lab.bob(), 2);
        cut();
        alice.start();
        bob.start();
        lab.timeline().runFor(Duration.ofSeconds(1));
        awaitRelayed();
    }

    private void cut() {
        lab.net().partition(lab.aliceNat(), lab.bobNat());
    }

    private void mend() {
        lab.net().heal(lab.aliceNat(), lab.bobNat());
    }

    private void awaitRelayed() {
        assertThat(lab.timeline().runUntil(() -> both(PeerState.RELAYED), Duration.ofMinutes(2)))
                .as("both relayed: %s, %s", alice.status(BOB), bob.status(ALICE))
                .isTrue();
    }

    private boolean isMoved() {
        return both(PeerState.DIRECT);
    }

    private boolean both(PeerState state) {
        return alice.status(BOB).state() == state && bob.status(ALICE).state() == state;
    }

    private void ping(Duration interval) {
        lab.timeline()
                .scheduleAtFixedRate(
                        Duration.ZERO,
                        interval,
                        () -> pings.add(lab.alice().wireGuard(DEVICE).ping(BOB_TUNNEL)));
    }

    private long lost() {
        Duration last = Duration.ofSeconds(2);
        lab.timeline().runFor(last);
        // Those of the last second may still be under way.
        return pings.stream()
                .limit(Math.max(0, pings.size() - 100))
                .filter(ping -> !ping.isAnswered())
                .count();
    }

    @Test
    void anIdleSessionMovesOnceTheDirectPathIsOpen() {
        up(NatKind.PORT_RESTRICTED_CONE);
        mend();
        assertThat(lab.timeline().runUntil(this::isMoved, Duration.ofMinutes(2)))
                .as("moved: %s, %s", alice.status(BOB), bob.status(ALICE))
                .isTrue();
        assertThat(alice.status(BOB).reason()).isEmpty();
        assertThat(alice.status(BOB).endpoint()).isEqualTo(lab.advertised(BOB));
    }

    static Stream<Arguments> pairsWithADirectPath() {
        return all().flatMap(one ->
                all().filter(other -> letsIn(one, other) || letsIn(other, one)).map(other -> Arguments.of(one, other)));
    }

    private static Stream<NatBehaviour> all() {
        return Stream.of(Mapping.ENDPOINT_INDEPENDENT, Mapping.ADDRESS_DEPENDENT, Mapping.ADDRESS_AND_PORT_DEPENDENT)
                .flatMap(mapping ->
                        Stream.of(Filtering.values()).skip(1).map(filtering -> NatBehaviour.of(mapping, filtering)));
    }

    /**
     * Returns whether what one side sends to where the registry sees the other gets in there, once that has sent too,
     * and what it answers, perhaps from another port, gets in here.
     */
    private static boolean letsIn(NatBehaviour receiver, NatBehaviour sender) {
        return switch (receiver.filtering()) {
            case ENDPOINT_INDEPENDENT ->
                receiver.mapping() == Mapping.ENDPOINT_INDEPENDENT
                        || sender.filtering() != Filtering.ADDRESS_AND_PORT_DEPENDENT;
            case ADDRESS_DEPENDENT -> receiver.mapping() == Mapping.ENDPOINT_INDEPENDENT;
            case ADDRESS_AND_PORT_DEPENDENT ->
                receiver.mapping() == Mapping.ENDPOINT_INDEPENDENT && sender.mapping() == Mapping.ENDPOINT_INDEPENDENT;
            default -> false;
        };
    }

    /** No registry says anything of the NATs, so that nothing but attempts tells which side gets in. */
    @ParameterizedTest(name = "{0} towards {1}")
    @MethodSource("pairsWithADirectPath")
    void eachPairWithADirectPathComesToIt(NatBehaviour ofAlice, NatBehaviour ofBob) {
        up(ofAlice, ofBob);
        mend();
        assertThat(lab.timeline().runUntil(this::isMoved, Duration.ofMinutes(3)))
                .as("moved: %s, %s", alice.status(BOB), bob.status(ALICE))
                .isTrue();
        lab.timeline().runFor(Duration.ofMinutes(1));
        assertThat(isMoved()).isTrue();
    }

    @ParameterizedTest(name = "a ping every {0} ms")
    @ValueSource(longs = {20, 1})
    void aSessionUnderTrafficMovesWithoutLosingAPacket(long millis) {
        up(NatKind.PORT_RESTRICTED_CONE);
        lab.timeline().runFor(Duration.ofSeconds(1));
        mend();
        ping(Duration.ofMillis(millis));
        assertThat(lab.timeline().runUntil(this::isMoved, Duration.ofMinutes(2)))
                .as("moved: %s, %s", alice.status(BOB), bob.status(ALICE))
                .isTrue();
        assertThat(lost()).isZero();
        assertThat(isMoved()).isTrue();
    }

    @Test
    void aSessionStaysWhereNeitherNatLetsTheOtherIn() {
        up(NatKind.SYMMETRIC);
        Endpoint relayed = relay.endpoint(false);
        mend();
        ping(Duration.ofMillis(20));
        lab.timeline().runFor(Duration.ofMinutes(3));
        assertThat(alice.status(BOB).endpoint()).contains(relayed);
        assertThat(alice.status(BOB).reason()).contains("a direct packet was not answered");
        assertThat(lost()).isLessThanOrEqualTo(20);
    }

    @Test
    void aDirectPathThatIsCutIsLeftForTheRelay() {
        up(NatKind.PORT_RESTRICTED_CONE);
        mend();
        assertThat(lab.timeline().runUntil(this::isMoved, Duration.ofMinutes(2)))
                .isTrue();
        ping(Duration.ofSeconds(1));
        cut();
        awaitRelayed();
        mend();
        assertThat(lab.timeline().runUntil(this::isMoved, Duration.ofMinutes(3)))
                .as("moved again: %s, %s", alice.status(BOB), bob.status(ALICE))
                .isTrue();
    }

    @Test
    void whatItDidCanBeReplayed() {
        up(NatKind.PORT_RESTRICTED_CONE);
        mend();
        assertThat(lab.timeline().runUntil(this::isMoved, Duration.ofMinutes(2)))
                .isTrue();
        assertThat(alice.record()).anyMatch(line -> line.startsWith("moved ") && line.endsWith(" MOVED"));
        assertThat(bob.record()).anyMatch(line -> line.startsWith("moved ") && line.endsWith(" OPENED"));
    }
}
