package io.wgsd.relay.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.wire.Mac1;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingTest {

    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);
    private final TestPeer carol = new TestPeer(3);
    private final ForwardingWorld world = new ForwardingWorld(alice, bob, carol);

    @Test
    void aHandshakeAndDataGoBothWaysAsTheyAre() {
        byte[] initiation = alice.initiation(bob.key());
        assertThat(world.receive(initiation, alice)).isEqualTo(Outcome.FORWARDED_HANDSHAKE);
        assertThat(world.arrived(bob)).isEqualTo(initiation);
        byte[] response = bob.respond(initiation);
        assertThat(world.receive(response, bob)).isEqualTo(Outcome.FORWARDED_HANDSHAKE);
        assertThat(world.arrived(alice)).isEqualTo(response);

        byte[] keepalive = alice.finish(response);
        assertThat(world.receive(keepalive, alice)).isEqualTo(Outcome.FORWARDED);
        assertThat(bob.accepts(world.arrived(bob))).isTrue();
        assertThat(world.receive(bob.data(1400), bob)).isEqualTo(Outcome.FORWARDED);
        assertThat(alice.accepts(world.arrived(alice))).isTrue();
    }

    @Test
    void nobodyElseGetsAnything() {
        world.connect(alice, bob);
        world.receive(alice.data(64), alice);
        assertThat(world.sent)
                .singleElement()
                .satisfies(each -> assertThat(each.to()).isEqualTo(world.source(bob)));
    }

    @Test
    void beforeTheResponseNothingGoesByIndex() {
        byte[] initiation = alice.initiation(bob.key());
        world.receive(initiation, alice);
        bob.respond(world.arrived(bob));
        assertThat(world.receive(bob.data(64), bob)).isEqualTo(Outcome.UNKNOWN_TARGET);
    }

    @Test
    void anIndexIsWorthNothingInAnothersHands() {
        world.connect(alice, bob);
        assertThat(world.receive(alice.data(64), carol)).isEqualTo(Outcome.UNKNOWN_TARGET);
        assertThat(world.sent).isEmpty();
    }

    @Test
    void theNextSessionWorksBesideTheLast() {
        world.connect(alice, bob);
        byte[] late = alice.data(64);
        world.pass(Duration.ofSeconds(120));
        world.connect(bob, alice);

        assertThat(world.receive(late, alice)).isEqualTo(Outcome.FORWARDED);
        assertThat(world.receive(alice.data(64), alice)).isEqualTo(Outcome.FORWARDED);
    }

    @Test
    void aRouteEndsWithItsSession() {
        world.connect(alice, bob);
        world.pass(Duration.ofSeconds(180));
        assertThat(world.receive(alice.data(64), alice)).isEqualTo(Outcome.FORWARDED);
        world.pass(Duration.ofSeconds(10));
        assertThat(world.receive(alice.data(64), alice)).isEqualTo(Outcome.UNKNOWN_TARGET);
        assertThat(world.forwarding.routes()).isZero();
    }

    @Test
    void aResponseThatComesTooLateOrFromAnotherConfirmsNothing() {
        byte[] initiation = alice.initiation(bob.key());
        world.receive(initiation, alice);
        byte[] response = bob.respond(world.arrived(bob));
        assertThat(world.receive(response, carol)).isEqualTo(Outcome.UNKNOWN_TARGET);

        world.pass(Duration.ofSeconds(6));
        assertThat(world.receive(response, bob)).isEqualTo(Outcome.UNKNOWN_TARGET);
        assertThat(world.forwarding.routes()).isZero();
    }

    @Test
    void aResponseThatIsNotForTheInitiatorConfirmsNothing() {
        byte[] initiation = alice.initiation(bob.key());
        world.receive(initiation, alice);
        byte[] response = bob.respond(world.arrived(bob));
        Mac1.of(carol.key()).write(response);
        assertThat(world.receive(response, bob)).isEqualTo(Outcome.UNKNOWN_TARGET);
    }

    @Test
    void aCookieReplyGoesToWhomItIsFor() {
        byte[] initiation = alice.initiation(bob.key());
        world.receive(initiation, alice);
        byte[] cookie = bob.cookieReply(world.arrived(bob));
        assertThat(world.receive(cookie, carol)).isEqualTo(Outcome.UNKNOWN_TARGET);
        assertThat(world.receive(cookie, bob)).isEqualTo(Outcome.FORWARDED_HANDSHAKE);
        assertThat(world.arrived(alice)).isEqualTo(cookie);
    }

    @Test
    void aCookieReplyToAResponseGoesBackToo() {
        byte[] initiation = alice.initiation(bob.key());
        world.receive(initiation, alice);
        byte[] response = bob.respond(world.arrived(bob));
        world.receive(response, bob);
        byte[] cookie = alice.cookieReply(world.arrived(alice));
        assertThat(world.receive(cookie, alice)).isEqualTo(Outcome.FORWARDED_HANDSHAKE);
        assertThat(world.arrived(bob)).isEqualTo(cookie);
    }

    @Test
    void aPacketForNobodyOrForItsOwnSenderGoesNowhere() {
        assertThat(world.receive(alice.initiation(new TestPeer(9).key()), alice))
                .isEqualTo(Outcome.UNKNOWN_TARGET);
        assertThat(world.receive(alice.initiation(alice.key()), alice)).isEqualTo(Outcome.UNKNOWN_TARGET);
        assertThat(world.receive(new byte[31], alice)).isEqualTo(Outcome.MALFORMED);
        assertThat(world.receive(new byte[3], alice)).isEqualTo(Outcome.MALFORMED);
        assertThat(world.sent).isEmpty();
    }

    @Test
    void thePolicyDecidesWhichMemberMayBegin() {
        world.policy((from, to) -> from == alice && to == bob, alice, bob, carol);
        assertThat(world.receive(bob.initiation(alice.key()), bob)).isEqualTo(Outcome.UNKNOWN_TARGET);
        assertThat(world.receive(alice.initiation(carol.key()), alice)).isEqualTo(Outcome.UNKNOWN_TARGET);
        world.connect(alice, bob);
        assertThat(world.receive(bob.data(64), bob)).isEqualTo(Outcome.FORWARDED);
    }

    @Test
    void membersThatMayNoLongerReachEachOtherHaveNoRoute() {
        world.connect(alice, bob);
        world.connect(alice, carol);
        byte[] toCarol = alice.data(64);
        world.policy((from, to) -> from != bob && to != bob, alice, bob, carol);
        assertThat(world.forwarding.routes()).isEqualTo(2);
        assertThat(world.receive(toCarol, alice)).isEqualTo(Outcome.FORWARDED);
        assertThat(world.receive(bob.data(64), bob)).isEqualTo(Outcome.UNKNOWN_TARGET);
    }

    @Test
    void aRestartLeavesSessionsTheirWay() {
        world.connect(alice, bob);
        world.connect(alice, carol);
        List<KeptRoute> kept = world.forwarding.kept(1000, world.now);
        ForwardingWorld restarted = new ForwardingWorld(alice, bob);

        restarted.forwarding.restore(kept, 1009, restarted.now);

        assertThat(restarted.forwarding.routes()).isEqualTo(2);
        assertThat(restarted.receive(bob.data(64), bob)).isEqualTo(Outcome.FORWARDED);
        restarted.pass(Duration.ofSeconds(181));
        assertThat(restarted.forwarding.routes()).isZero();
    }

    @Test
    void aRestartThatTookTooLongLeavesNone() {
        world.connect(alice, bob);
        List<KeptRoute> kept = world.forwarding.kept(1000, world.now);
        ForwardingWorld restarted = new ForwardingWorld(alice, bob);
        restarted.forwarding.restore(kept, 1190, restarted.now);
        assertThat(restarted.forwarding.routes()).isZero();
    }

    @Test
    void aFormerMemberHasNoRoute() {
        world.connect(alice, bob);
        world.policy((from, to) -> true, alice, carol);
        assertThat(world.forwarding.routes()).isZero();
    }

    @Test
    void dataForAMemberThatIsGoneAreDropped() {
        world.connect(alice, bob);
        world.detach(bob);
        assertThat(world.receive(alice.data(64), alice)).isEqualTo(Outcome.UNREACHABLE);
    }

    @Test
    void aMemberSendsAsFastAsItMayAndNoFaster() {
        world.connect(alice, bob);
        int forwarded = 0;
        for (int i = 0; i < 1000; i++) {
            forwarded += world.receive(alice.data(16_000), alice) == Outcome.FORWARDED ? 1 : 0;
        }
        assertThat(forwarded).isBetween(60, 70);
    }
}
