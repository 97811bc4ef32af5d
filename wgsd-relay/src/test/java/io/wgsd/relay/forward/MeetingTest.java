package io.wgsd.relay.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.tally.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@link Forwarding} where both sides begin at the same time. WireGuard has one state for both, so that both would fail. */
class MeetingTest {

    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);
    private final ForwardingWorld world = new ForwardingWorld(alice, bob);

    @Test
    void theSecondOfTwoInitiationsThatMeetIsDroppedWhosesoeverItIs() {
        meet(alice, bob);
        world.pass(Duration.ofMinutes(5));
        meet(bob, alice);
    }

    private void meet(TestPeer first, TestPeer second) {
        byte[] initiation = first.initiation(second.key());
        world.receive(initiation, first);
        assertThat(world.receive(second.initiation(first.key()), second)).isEqualTo(Outcome.MET);

        world.receive(second.respond(world.arrived(second)), second);
        world.receive(first.finish(world.arrived(first)), first);
        assertThat(second.accepts(world.arrived(second))).isTrue();
    }

    @Test
    void whatComesLaterThanTwoSecondsDoesNotMeet() {
        world.receive(alice.initiation(bob.key()), alice);
        world.pass(Duration.ofSeconds(2));
        assertThat(world.receive(bob.initiation(alice.key()), bob)).isEqualTo(Outcome.FORWARDED_HANDSHAKE);
    }

    @Test
    void whatWasAnsweredMeetsNothing() {
        world.connect(alice, bob);
        assertThat(world.receive(bob.initiation(alice.key()), bob)).isEqualTo(Outcome.FORWARDED_HANDSHAKE);
    }

    @Test
    void aSideThatNeverAnswersHoldsTheOtherUpThreeTimesAtMost() {
        for (int i = 0; i < 3; i++) {
            world.receive(alice.initiation(bob.key()), alice);
            assertThat(world.receive(bob.initiation(alice.key()), bob)).isEqualTo(Outcome.MET);
            world.pass(Duration.ofSeconds(5));
        }
        world.receive(alice.initiation(bob.key()), alice);
        assertThat(world.receive(bob.initiation(alice.key()), bob)).isEqualTo(Outcome.FORWARDED_HANDSHAKE);
    }
}
