package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.BOB_TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.net.lab.LabKeys;
import io.wgsd.testkit.net.wireguard.Message;
import io.wgsd.testkit.net.wireguard.Plaintext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes through a session, what keeps it up, and what ends it. */
class SessionTest {

    private static final String KEEPALIVE = "keepalive";

    @Test
    void handshakesKeepalivesAndDataAreCountedAsTheyAreOnTheWire() {
        Pair pair = new Pair();
        pair.change(pair.alice, BOB, peer -> peer.persistentKeepalive(Duration.ofSeconds(25)));
        pair.pass(Duration.ofMillis(200));

        PeerStatistics handshake = pair.bobAtAlice().statistics();
        assertThat(handshake.txBytes()).as("initiation and keepalive").isEqualTo(148 + 32);
        assertThat(handshake.rxBytes()).as("response").isEqualTo(92);

        pair.alice.ping(BOB_TUNNEL);
        pair.pass(Duration.ofMillis(200));
        assertThat(pair.aliceAtBob().statistics().rxBytes())
                .as("28 + 56 bytes, padded to 96, and 32 around them")
                .isEqualTo(148 + 32 + 128);
    }

    @Test
    void dataThatNobodyAnswersIsAcknowledgedByAKeepaliveAfterTenSeconds() {
        Pair pair = new Pair().connected();
        pair.bob.setRefusing(false);
        long sentAt = pair.timeline.elapsed().toMillis();

        pair.alice.sendData(BOB);
        pair.pass(Duration.ofSeconds(30));

        assertThat(pair.sent(pair.bobHost, KEEPALIVE)).containsExactly(sentAt + 10_040);
    }

    @Test
    void persistentKeepalivesGoOutAtTheirIntervalWhereNothingElseDoes() {
        Pair pair = new Pair().connected();
        pair.change(pair.alice, BOB, peer -> peer.persistentKeepalive(Duration.ofSeconds(25)));

        pair.pass(Duration.ofSeconds(80));

        assertThat(pair.sent(pair.aliceHost, KEEPALIVE)).containsExactly(200L, 25_200L, 50_200L, 75_200L);
    }

    @Test
    void dataFromAnotherPortIsAnsweredThere() {
        Pair pair = new Pair().connected();

        pair.aliceHost.move(null, IpAddress.parse("192.0.2.77"));
        Ping ping = pair.alice.ping(BOB_TUNNEL);
        pair.pass(Duration.ofSeconds(1));

        assertThat(ping.roundTrip()).contains(Pair.OWD.multipliedBy(2));
        assertThat(pair.aliceAtBob().endpoint()).contains(Endpoint.parse("192.0.2.77:51820"));
        assertThat(pair.net.trace().count(NetEvent.Kind.HANDSHAKE))
                .as("one on each side")
                .isEqualTo(2);
    }

    @Test
    void packetsFromElsewhereWithoutTheKeysMoveNothing() {
        Pair pair = new Pair().connected();
        SocketHost eve = SocketHost.open(pair.net, "eve", "192.0.2.66", 51_820);

        eve.send(Pair.BOB_AT, new Message.Initiation(NatLab.REGISTRY, BOB, 1, Long.MAX_VALUE));
        eve.send(Pair.BOB_AT, new Message.Response(1, 1, 1, 0));
        eve.send(Pair.BOB_AT, new Message.Transport(1, 1, 1, Plaintext.KEEPALIVE));
        eve.send(Pair.BOB_AT, "no message at all");
        pair.pass(Duration.ofSeconds(1));

        assertThat(pair.aliceAtBob().endpoint()).contains(Endpoint.parse("192.0.2.1:51820"));
        assertThat(eve.heard).isEmpty();
    }

    @Test
    void aDatagramThatArrivesTwiceIsTakenOnce() {
        Pair pair = new Pair().connected();
        pair.net.conditions(LinkConditions.builder().duplication(1).build());
        List<Object> received = new ArrayList<>();
        pair.bob.bind(1234, datagram -> received.add(datagram.payload()));

        pair.alice.send(1234, Endpoint.of(BOB_TUNNEL, 1234), 100, "once");
        pair.pass(Duration.ofSeconds(1));

        assertThat(received).containsExactly("once");
    }

    @Test
    void packetsThatAPeerMustNotSendAreDroppedAndNotCounted() {
        Pair pair = new Pair().connected();
        long before = pair.aliceAtBob().statistics().rxBytes();
        pair.change(pair.bob, ALICE, peer -> peer.replaceAllowedIps().addAllowedIp(IpPrefix.parse("10.0.0.99/32")));

        Ping ping = pair.alice.ping(BOB_TUNNEL);
        pair.pass(Duration.ofSeconds(1));

        assertThat(ping.isAnswered()).isFalse();
        assertThat(pair.aliceAtBob().statistics().rxBytes()).isEqualTo(before);
    }

    @Test
    void anAddressThatNobodyHasReachesNobody() {
        Pair pair = new Pair();

        assertThat(pair.alice.ping(IpAddress.parse("10.9.9.9")).sendResult()).isEqualTo(SendResult.NO_PEER);
    }

    @Test
    void takingTheInterfaceDownEndsTheSessionAndPersistentKeepaliveBringsItBack() {
        Pair pair = new Pair().connected();
        pair.change(pair.alice, BOB, peer -> peer.persistentKeepalive(Duration.ofSeconds(25)));

        pair.alice.setUp(false);
        assertThat(pair.alice.sendData(BOB)).isEqualTo(SendResult.DOWN);
        pair.pass(Duration.ofMinutes(1));
        assertThat(pair.alice.hasSession(BOB)).isFalse();

        pair.alice.setUp(true);
        pair.pass(Duration.ofMillis(120));
        assertThat(pair.alice.hasSession(BOB)).isTrue();
        assertThat(pair.bob.hasSession(ALICE)).isTrue();
    }

    @Test
    void aNewPrivateKeyEndsTheSessionAndIsNotKnownToTheOtherSide() throws WireGuardException {
        Pair pair = new Pair().connected();

        pair.alice
                .device()
                .apply(DeviceChange.builder().privateKey(LabKeys.REGISTRY).build());
        Ping ping = pair.alice.ping(BOB_TUNNEL);
        pair.pass(Duration.ofSeconds(10));

        assertThat(pair.alice.hasSession(BOB)).isFalse();
        assertThat(ping.isAnswered()).isFalse();
    }

    @Test
    void differentPresharedKeysNeverAgree() {
        try (SecretKey one = SecretKey.generatePreshared();
                SecretKey other = SecretKey.generatePreshared()) {
            Pair pair = new Pair();
            pair.change(pair.alice, BOB, peer -> peer.presharedKey(one));
            pair.change(pair.bob, ALICE, peer -> peer.presharedKey(other));

            pair.alice.sendData(BOB);
            pair.pass(Duration.ofMinutes(1));
            assertThat(pair.alice.hasSession(BOB)).isFalse();

            pair.change(pair.bob, ALICE, peer -> peer.presharedKey(one));
            pair.pass(Duration.ofSeconds(6));
            assertThat(pair.alice.hasSession(BOB)).isTrue();
        }
    }

    @Test
    void aDeviceThatListensElsewhereIsHeardFromThere() throws WireGuardException {
        Pair pair = new Pair().connected();

        pair.alice.device().apply(DeviceChange.builder().listenPort(4242).build());
        Ping ping = pair.alice.ping(BOB_TUNNEL);
        pair.pass(Duration.ofSeconds(1));

        assertThat(ping.isAnswered()).isTrue();
        assertThat(pair.aliceAtBob().endpoint()).contains(Endpoint.parse("192.0.2.1:4242"));
    }

    @Test
    void aDeviceThatIsRemovedSendsNothing() {
        Pair pair = new Pair().connected();
        pair.change(pair.alice, BOB, peer -> peer.persistentKeepalive(Duration.ofSeconds(1)));

        pair.aliceHost.memory().remove("wg0");
        pair.events.clear();
        pair.pass(Duration.ofMinutes(1));

        assertThat(pair.sent(pair.aliceHost, "")).isEmpty();
    }
}
