package io.wgsd.relay.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@link Forwarding} of what comes from a source where no member is known to be. */
class RoamingTest {

    private static final Source ELSEWHERE = ForwardingWorld.source("203.0.113.7", 2000);

    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);
    private final ForwardingWorld world = new ForwardingWorld(alice, bob);

    @Test
    void someDataContinueAndTheMemberIsAskedWhetherItIsThere() {
        world.connect(alice, bob);
        assertThat(world.receive(alice.data(1000), ELSEWHERE)).isEqualTo(Outcome.FORWARDED);
        assertThat(bob.accepts(world.arrived(bob))).isTrue();
        assertThat(world.challenges).containsExactly(alice.key() + " " + ELSEWHERE);
        assertThat(world.member(alice).source()).isEqualTo(world.source(alice));
    }

    @Test
    void onlySomeDataContinue() {
        world.connect(alice, bob);
        int forwarded = 0;
        for (int i = 0; i < 1000; i++) {
            forwarded += world.receive(alice.data(64), ELSEWHERE) == Outcome.FORWARDED ? 1 : 0;
        }
        assertThat(forwarded).isEqualTo(100);
    }

    @Test
    void nobodyIsSentMoreThanHasComeFromThere() {
        world.connect(alice, bob);
        for (int i = 1; i <= 4; i++) {
            world.receive(alice.keepalive(), ELSEWHERE);
            assertThat(world.challenges).as("%d bytes", 32 * i).isEmpty();
        }
        world.receive(alice.keepalive(), ELSEWHERE);
        assertThat(world.challenges).hasSize(1);
    }

    @Test
    void theNextPortThatTheNatGivesIsAskedAtOnceWhateverCameFromTheFormer() {
        world.connect(alice, bob);
        for (int i = 0; i < 20; i++) {
            world.receive(alice.data(128), ELSEWHERE);
        }
        Source next = ForwardingWorld.source("203.0.113.7", 2001);
        world.receive(alice.data(128), next);
        assertThat(world.challenges).containsExactly(alice.key() + " " + ELSEWHERE, alice.key() + " " + next);
    }

    @Test
    void aMemberThatDoesNotAnswerIsAskedAgainLater() {
        world.connect(alice, bob);
        world.receive(alice.data(1000), ELSEWHERE);
        world.receive(alice.data(1000), ELSEWHERE);
        assertThat(world.challenges).hasSize(1);
        world.pass(Duration.ofMillis(100));
        world.receive(alice.data(1000), ELSEWHERE);
        assertThat(world.challenges).hasSize(2);
    }

    @Test
    void aNetworkIsAskedOnceASecondForAnySourcesOfPackets() {
        world.connect(alice, bob);
        for (int i = 0; i < 30_000; i++) {
            world.receive(alice.data(500), ForwardingWorld.source("203.0.113." + (i % 250 + 1), 1 + i % 60_000));
            if (i % 3000 == 0) {
                world.pass(Duration.ofSeconds(1));
            }
        }
        assertThat(world.challenges).hasSizeLessThanOrEqualTo(13);
    }

    @Test
    void anUnknownIndexOrAHandshakeFromThereComesToNothing() {
        world.connect(alice, bob);
        byte[] unknown = alice.data(500);
        unknown[5] ^= 1;
        assertThat(world.receive(unknown, ELSEWHERE)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(world.receive(alice.initiation(bob.key()), ELSEWHERE)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(world.challenges).isEmpty();
        assertThat(world.sent).isEmpty();
    }

    @Test
    void strangersHaveAShareEachAndOneInAll() {
        byte[] initiation = new TestPeer(9).initiation(bob.key());
        int one = 0;
        for (int i = 0; i < 1000; i++) {
            one += world.receive(initiation, ELSEWHERE) == Outcome.UNKNOWN_SOURCE ? 1 : 0;
        }
        int all = 0;
        for (int i = 0; i < 50_000; i++) {
            Source source = ForwardingWorld.source("10." + (100 + i % 100) + "." + i / 100 % 250 + ".1", 5);
            all += world.receive(initiation, source) == Outcome.UNKNOWN_SOURCE ? 1 : 0;
        }
        assertThat(one).isEqualTo(200);
        assertThat(all).isEqualTo(10_000 - 200);
    }

    @Test
    void aResponseFromThereIsNotCarriedButAskedAbout() {
        world.receive(alice.initiation(bob.key()), alice);
        byte[] response = bob.respond(world.arrived(bob));
        assertThat(world.receive(response, ELSEWHERE)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(world.receive(response, ELSEWHERE)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(world.challenges).containsExactly(bob.key() + " " + ELSEWHERE);
        assertThat(world.forwarding.routes()).isZero();
    }
}
