package io.wgsd.relay.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.tally.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@link Held}, seen through {@link Forwarding}: initiations for a member that is about to come. */
class HeldTest {

    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);
    private final TestPeer carol = new TestPeer(3);
    private final ForwardingWorld world = new ForwardingWorld(alice, bob, carol);

    @Test
    void anInitiationWaitsForItsMemberForAMoment() {
        world.detach(bob);
        byte[] initiation = alice.initiation(bob.key());
        assertThat(world.receive(initiation, alice)).isEqualTo(Outcome.DELAYED);
        assertThat(world.sent).isEmpty();
        world.pass(Duration.ofMillis(1900));

        world.attach(bob);

        assertThat(world.arrived(bob)).isEqualTo(initiation);
        assertThat(world.receive(bob.respond(initiation), bob)).isEqualTo(Outcome.FORWARDED_HANDSHAKE);
        assertThat(world.forwarding.held()).isZero();
    }

    @Test
    void afterTwoSecondsItIsForgotten() {
        world.detach(bob);
        world.receive(alice.initiation(bob.key()), alice);
        world.pass(Duration.ofSeconds(2));
        assertThat(world.forwarding.held()).isZero();
        world.attach(bob);
        assertThat(world.sent).isEmpty();
    }

    @Test
    void onlyTheNewestOfAPairWaits() {
        world.detach(bob);
        world.receive(alice.initiation(bob.key()), alice);
        byte[] newest = alice.initiation(bob.key());
        world.receive(newest, alice);
        world.receive(carol.initiation(bob.key()), carol);
        assertThat(world.forwarding.held()).isEqualTo(2);

        world.attach(bob);

        assertThat(world.sent)
                .hasSize(2)
                .first()
                .satisfies(each -> assertThat(each.message()).isEqualTo(newest));
    }

    @Test
    void whoseMembershipEndsMeanwhileSendsNothing() {
        world.detach(bob);
        world.receive(alice.initiation(bob.key()), alice);
        world.policy((from, to) -> true, bob, carol);
        world.attach(bob);
        assertThat(world.sent).isEmpty();
    }
}
