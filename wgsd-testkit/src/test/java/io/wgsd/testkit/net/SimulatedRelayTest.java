package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What members of a simulated relay see, each way being 40 ms long. */
class SimulatedRelayTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Relayed net = new Relayed(NatKind.SYMMETRIC);
    private final NatLab lab = net.lab;
    private final SimulatedRelay relay = net.relay;

    @Test
    void aMemberIsAttachedWhereItsSessionWithTheRelayProvesThatItIs() {
        assertThat(relay.attached()).isEmpty();
        net.attached();

        assertThat(relay.attached()).containsOnlyKeys(ALICE, BOB);
        assertThat(relay.attached().get(ALICE).address())
                .isEqualTo(lab.aliceNat().address(false));
        assertThat(relay.attached().get(ALICE))
                .as("a symmetric NAT shows the registry another port")
                .isNotEqualTo(lab.advertised(ALICE).orElseThrow());
    }

    @Test
    void whoIsNoMemberIsNotAttached() {
        relay.members(ALICE);
        net.attached();

        assertThat(relay.attached()).containsOnlyKeys(ALICE);
    }

    @Test
    void aMemberThatIsRemovedIsNotHeardAnyMore() {
        net.connected();
        relay.members(ALICE);

        assertThat(relay.attached()).containsOnlyKeys(ALICE);
        assertThat(net.answered(net.pingAlice(), SECOND)).isFalse();
    }

    @Test
    void eachKeepaliveIsAnswered() {
        net.attached();
        long before = received(relay.publicKey());
        net.pass(25_100);

        assertThat(received(relay.publicKey())).isEqualTo(before + 32);
    }

    @Test
    void aMemberThatIsSilentIsNotAttachedAfterThreeMinutes() {
        net.attached();
        Punch.apply(
                lab.alice(),
                DeviceChange.builder().peer(relay.publicKey()).remove().build());
        net.pass(190_000);

        assertThat(relay.attached()).containsOnlyKeys(BOB);
    }

    @Test
    void twoBehindSymmetricNatsReachEachOtherThroughIt() {
        net.attached();
        net.via(lab.alice(), BOB);
        net.via(lab.bob(), ALICE);
        Ping first = net.pingAlice();

        assertThat(net.answered(first, SECOND)).isTrue();
        Ping ping = net.pingAlice();
        assertThat(net.answered(ping, SECOND)).isTrue();
        assertThat(ping.roundTrip()).contains(Pair.OWD.multipliedBy(4));
        assertThat(lab.alice().wireGuard(DEVICE).reaches(BOB)).isTrue();
        assertThat(lab.alice().wireGuard(DEVICE).reaches(relay.publicKey())).isTrue();
    }

    @Test
    void anInitiationWaitsTwoSecondsForItsMember() {
        assertThat(connectsWhenBobComesAfter(1_900)).isTrue();
    }

    @Test
    void anInitiationWaitsNoLonger() {
        assertThat(connectsWhenBobComesAfter(2_100)).isFalse();
    }

    @Test
    void initiationsThatMeetCostNoFiveSeconds() {
        net.attached();
        net.via(lab.alice(), BOB);
        net.via(lab.bob(), ALICE);
        Duration begin = lab.timeline().elapsed();
        keepalive(lab.alice(), BOB);
        keepalive(lab.bob(), ALICE);

        assertThat(lab.timeline().runUntil(lab::isConnected, Duration.ofSeconds(10)))
                .isTrue();
        assertThat(lab.timeline().elapsed().minus(begin)).isLessThan(SECOND);
        assertThat(lab.net().trace().count(NetEvent.Kind.HELD)).isPositive();
    }

    @Test
    void aSessionContinuesWhileAMembersSourceMoves() {
        net.connected();
        Endpoint before = relay.attached().get(ALICE);
        lab.aliceNat().remap();
        Ping ping = net.pingAlice();
        net.pass(1_000);

        assertThat(relay.attached().get(ALICE)).isNotEqualTo(before);
        assertThat(ping.isAnswered())
                .as("the relay has asked Alice where she is by the time when Bob's answer comes")
                .isTrue();
    }

    @Test
    void afterARestartSessionsGoOnAfterARoundTrip() {
        net.connected();
        relay.restart();
        assertThat(relay.attached()).isEmpty();
        net.pass(100);

        assertThat(relay.attached()).containsOnlyKeys(ALICE, BOB);
        assertThat(net.answered(net.pingAlice(), SECOND)).isTrue();
    }

    @Test
    void afterARestartWithoutItsStateMembersHaveToBeginAgain() {
        net.connected();
        relay.restartWithoutState();
        net.pass(5_000);
        assertThat(relay.attached()).isEmpty();
        assertThat(net.answered(net.pingAlice(), SECOND)).isFalse();

        for (SimulatedHost host : List.of(lab.alice(), lab.bob())) {
            Punch.apply(
                    host,
                    DeviceChange.builder().peer(relay.publicKey()).remove().build());
            net.attach(host);
        }
        net.pass(500);
        assertThat(relay.attached()).containsOnlyKeys(ALICE, BOB);
    }

    @Test
    void whileItIsDownNothingGetsThrough() {
        net.connected();
        relay.setUp(false);

        assertThat(relay.isUp()).isFalse();
        assertThat(net.answered(net.pingAlice(), SECOND)).isFalse();
        assertThat(lab.alice().wireGuard(DEVICE).reaches(BOB)).isFalse();
        relay.setUp(true);
        net.pass(100);
        assertThat(net.answered(net.pingAlice(), SECOND)).isTrue();
    }

    @Test
    void aSlowRelayDelaysWhatItSends() {
        net.connected();
        relay.setDelay(Duration.ofMillis(100));
        Ping ping = net.pingAlice();

        assertThat(net.answered(ping, SECOND)).isTrue();
        assertThat(ping.roundTrip()).contains(Pair.OWD.multipliedBy(4).plusMillis(200));
    }

    @Test
    void aRegistryAnnouncesItAndWhomItHears() {
        net.attached();
        SimulatedRegistry registry =
                SimulatedRegistry.start(lab.registry(), DEVICE).announce(relay);
        CompletableFuture<List<RelayAdvertisement>> relays =
                registry.lookup(lab.alice(), DEVICE).relaysAsync().toCompletableFuture();
        var bob = registry.lookup(lab.alice(), DEVICE).lookupAsync(BOB).toCompletableFuture();
        net.pass(200);

        assertThat(relays).isCompletedWithValue(List.of(relay.advertisement()));
        assertThat(bob.join().orElseThrow().relays()).containsExactly(relay.publicKey());
        assertThat(relay.advertisement().endpoints())
                .containsExactly(Endpoint.parse("192.0.2.129:443"), Endpoint.parse("[2001:db8:9::1]:443"));
    }

    @Test
    void aLabHasAsManyRelaysAsItIsGiven() {
        NatLab two = NatLab.builder().relay("one").relay("two").build();

        assertThat(Set.of(two.relay("one").publicKey(), two.relay("two").publicKey()))
                .hasSize(2);
        assertThat(two.relay("two").endpoint(false)).isEqualTo(Endpoint.parse("192.0.2.130:443"));
    }

    @Test
    void aHostHasOneRelayAtMost() {
        SimulatedHost host = (SimulatedHost) lab.net().node(Relayed.RELAY).orElseThrow();

        assertThatIllegalStateException()
                .isThrownBy(() -> SimulatedRelay.start(host, ALICE, 444))
                .withMessage("relay has a relay already");
    }

    private boolean connectsWhenBobComesAfter(long millis) {
        net.attach(lab.alice());
        net.pass(500);
        net.via(lab.alice(), BOB);
        Ping ping = net.pingAlice();
        net.pass(millis);
        net.attach(lab.bob());
        // Alice's WireGuard begins again only after five seconds.
        lab.timeline().runUntil(ping::isAnswered, SECOND);
        return ping.isAnswered();
    }

    private static void keepalive(SimulatedHost host, PublicKey other) {
        Punch.apply(
                host,
                DeviceChange.builder()
                        .peer(other)
                        .persistentKeepalive(Relayed.KEEPALIVE)
                        .build());
    }

    private long received(PublicKey peer) {
        return lab.alice()
                .wireGuard(DEVICE)
                .device()
                .peer(peer)
                .map(Peer::statistics)
                .orElseThrow()
                .rxBytes();
    }
}
