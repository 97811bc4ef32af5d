package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.BOB_TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When handshakes begin, are tried again and end (drivers/net/wireguard/timers.c and send.c). */
class HandshakeTimersTest {

    private static final String INITIATION = "handshake initiation";
    private static final Endpoint NOBODY = Endpoint.parse("192.0.2.99:51820");

    @Test
    void dataForAPeerWithoutASessionWaitsForTheHandshakeThatItStarts() {
        Pair pair = new Pair();

        Ping ping = pair.alice.ping(BOB_TUNNEL);
        pair.pass(Duration.ofMillis(160));

        assertThat(ping.sendResult()).isEqualTo(SendResult.STAGED);
        assertThat(ping.roundTrip()).contains(Pair.OWD.multipliedBy(4));
    }

    @Test
    void theResponderCanSendOnlyOnceItHasHeardDataUnderTheNewKeys() {
        Pair pair = new Pair();
        pair.alice.sendData(BOB);

        pair.pass(Duration.ofMillis(119));
        assertThat(pair.bob.hasSession(ALICE)).isFalse();
        assertThat(pair.aliceAtBob().statistics().latestHandshake()).isEmpty();

        pair.pass(Duration.ofMillis(1));
        assertThat(pair.bob.hasSession(ALICE)).isTrue();
        assertThat(pair.aliceAtBob().statistics().latestHandshake()).contains(pair.timeline.instant());
    }

    @Test
    void anUnansweredInitiationIsSentTwentyTimesFiveSecondsAndAJitterApartThenNoMore() {
        Pair pair = new Pair();
        pair.change(pair.alice, BOB, peer -> peer.endpoint(NOBODY));

        pair.alice.sendData(BOB);
        pair.pass(Duration.ofMinutes(10));

        List<Long> sent = pair.sent(pair.aliceHost, INITIATION);
        assertThat(sent).hasSize(20);
        for (int i = 1; i < sent.size(); i++) {
            assertThat(sent.get(i) - sent.get(i - 1)).isBetween(5_000L, 5_333L);
        }
        assertThat(pair.net.trace().count(NetEvent.Kind.GAVE_UP)).isEqualTo(1);
    }

    @Test
    void givingUpDropsWhatWaitedForTheHandshake() {
        Pair pair = new Pair();
        pair.change(pair.alice, BOB, peer -> peer.endpoint(NOBODY));
        Ping ping = pair.alice.ping(BOB_TUNNEL);
        pair.pass(Duration.ofMinutes(3));

        pair.change(pair.alice, BOB, peer -> peer.endpoint(Pair.BOB_AT));
        pair.alice.sendData(BOB);
        pair.pass(Duration.ofSeconds(1));

        assertThat(pair.alice.hasSession(BOB)).isTrue();
        assertThat(ping.isAnswered()).isFalse();
    }

    @Test
    void noSecondInitiationIsSentWithinFiveSeconds() {
        Pair pair = new Pair();
        pair.change(pair.alice, BOB, peer -> peer.endpoint(NOBODY));

        pair.alice.sendData(BOB);
        pair.pass(Duration.ofMillis(4_999));
        pair.alice.sendData(BOB);

        assertThat(pair.sent(pair.aliceHost, INITIATION)).containsExactly(0L);
    }

    @Test
    void aResponseHoldsBackAnInitiationOfOnesOwnForFiveSeconds() {
        Pair pair = new Pair();
        pair.net.conditions(
                pair.bobHost, pair.aliceHost, LinkConditions.builder().loss(1).build());
        pair.alice.sendData(BOB);
        pair.pass(Duration.ofMillis(50));

        pair.bob.sendData(ALICE);
        pair.pass(Duration.ofMillis(4_000));

        assertThat(pair.sent(pair.bobHost, INITIATION)).isEmpty();
    }

    @Test
    void dataWithoutAnEndpointStampsTheGateInWireguardGo() {
        Pair pair = new Pair();

        assertThat(pair.bob.sendData(ALICE)).isEqualTo(SendResult.STAGED);
        pair.change(pair.bob, ALICE, peer -> peer.endpoint(Endpoint.parse("192.0.2.1:51820")));
        pair.pass(Duration.ofSeconds(4));

        assertThat(pair.sent(pair.bobHost, INITIATION))
                .as("the attempt that went nowhere counts")
                .isEmpty();
        pair.pass(Duration.ofMillis(1_400));
        assertThat(pair.bob.hasSession(ALICE)).isTrue();
    }

    @Test
    void dataWithoutAnEndpointIsRefusedByTheKernelAndLeavesTheGateOpen() {
        Pair pair = new Pair(WireGuardImplementation.linux(100));

        assertThat(pair.bob.sendData(ALICE)).isEqualTo(SendResult.NO_ENDPOINT);
        pair.change(pair.bob, ALICE, peer -> peer.endpoint(Endpoint.parse("192.0.2.1:51820")));
        assertThat(pair.bob.sendData(ALICE)).isEqualTo(SendResult.STAGED);
        pair.pass(Duration.ofMillis(120));

        assertThat(pair.bob.hasSession(ALICE)).isTrue();
    }

    @Test
    void togglingAPresetKeepaliveDoesNotOpenTheGate() {
        Pair pair = new Pair();
        pair.change(pair.bob, ALICE, peer -> peer.persistentKeepalive(Duration.ofSeconds(25)));
        pair.pass(Duration.ofMillis(100));

        pair.change(
                pair.bob,
                ALICE,
                peer -> peer.persistentKeepalive(Duration.ZERO)
                        .peer(ALICE)
                        .endpoint(Endpoint.parse("192.0.2.1:51820"))
                        .persistentKeepalive(Duration.ofSeconds(25)));
        pair.pass(Duration.ofSeconds(4));

        assertThat(pair.sent(pair.bobHost, INITIATION)).isEmpty();
    }

    @Test
    void removingAndAddingAPeerInOneChangeOpensTheGate() {
        Pair pair = new Pair();
        pair.change(pair.alice, BOB, peer -> peer.endpoint(NOBODY).persistentKeepalive(Duration.ofSeconds(25)));
        pair.pass(Duration.ofMillis(100));

        pair.change(
                pair.alice,
                BOB,
                peer -> peer.remove().peer(BOB).endpoint(Pair.BOB_AT).persistentKeepalive(Duration.ofSeconds(25)));

        assertThat(pair.sent(pair.aliceHost, INITIATION)).containsExactly(0L, 100L);
    }

    @Test
    void theInitiatorRenewsASessionThatItStillUsesAfterTwoMinutes() {
        Pair pair = new Pair().connected();
        pair.timeline.scheduleAtFixedRate(Duration.ZERO, Duration.ofSeconds(1), () -> pair.alice.ping(BOB_TUNNEL));

        pair.pass(Duration.ofMinutes(10));

        List<Long> sent = pair.sent(pair.aliceHost, INITIATION);
        assertThat(sent).hasSize(4);
        for (int i = 0; i < sent.size(); i++) {
            long before = i == 0 ? 0 : sent.get(i - 1);
            assertThat(sent.get(i) - before).isBetween(120_000L, 121_100L);
        }
        assertThat(pair.sent(pair.bobHost, INITIATION)).isEmpty();
    }

    @Test
    void anIdleSessionEndsAfterThreeMinutesAndNothingIsSentForIt() {
        Pair pair = new Pair().connected();

        pair.pass(Duration.ofSeconds(179));
        assertThat(pair.alice.hasSession(BOB)).isTrue();
        pair.pass(Duration.ofSeconds(2));

        assertThat(pair.alice.hasSession(BOB)).isFalse();
        assertThat(pair.events).isEmpty();
    }

    @Test
    void aPeerThatHearsNothingBackForFifteenSecondsBeginsAHandshake() {
        Pair pair = new Pair().connected();
        pair.net.partition(pair.aliceHost, pair.bobHost);
        long sentAt = pair.timeline.elapsed().toMillis();

        pair.alice.sendData(BOB);
        pair.pass(Duration.ofSeconds(20));

        assertThat(pair.sent(pair.aliceHost, INITIATION).get(0) - sentAt).isBetween(15_000L, 15_333L);
    }
}
