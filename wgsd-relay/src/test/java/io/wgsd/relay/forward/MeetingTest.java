package io.wgsd.relay.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.tally.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * {@link Forwarding} where both sides begin at the same time. WireGuard has one state for both, so that both would
 * fail.
 */
class MeetingTest {

    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);
    private final ForwardingWorld world = new ForwardingWorld(alice, bob);

    @Test
    void theSecondOfTwoInitiationsThatMeetIsDroppedWhenTheFirstIsAnswered() {
        meet(alice, bob);
        world.pass(Duration.ofMinutes(5));
        meet(bob, alice);
        assertThat(world.tally.of(Outcome.CROSSED)).isEqualTo(2);
        assertThat(world.forwarding.held()).isZero();
    }

    private void meet(TestPeer first, TestPeer second) {
        byte[] initiation = first.initiation(second.key());
        world.receive(initiation, first);
        assertThat(world.receive(second.initiation(first.key()), second)).isEqualTo(Outcome.DELAYED);
        world.pass(Duration.ofMillis(300));

        world.receive(second.respond(world.arrived(second)), second);
        world.receive(first.finish(world.arrived(first)), first);
        assertThat(second.accepts(world.arrived(second))).isTrue();
        world.pass(Duration.ofSeconds(1));
        assertThat(world.sent).isEmpty();
    }

    @Test
    void theSecondIsSentWhenTheFirstFindsNobody() {
        world.receive(alice.initiation(bob.key()), alice);
        world.arrived(bob);
        world.pass(Duration.ofMillis(200));
        byte[] second = bob.initiation(alice.key());
        world.receive(second, bob);
        world.pass(Duration.ofMillis(299));
        assertThat(world.sent).isEmpty();

        world.pass(Duration.ofMillis(1));

        assertThat(world.arrived(alice)).isEqualTo(second);
    }

    @Test
    void anInitiationHalfASecondLaterDoesNotMeet() {
        world.receive(alice.initiation(bob.key()), alice);
        world.pass(Duration.ofMillis(500));
        assertThat(world.receive(bob.initiation(alice.key()), bob)).isEqualTo(Outcome.FORWARDED_HANDSHAKE);
    }

    @Test
    void anAnsweredInitiationMeetsNothing() {
        world.connect(alice, bob);
        assertThat(world.receive(bob.initiation(alice.key()), bob)).isEqualTo(Outcome.FORWARDED_HANDSHAKE);
    }
}
