package io.wgsd.relay.session;

import static io.wgsd.relay.session.SessionWorld.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.noise.Timestamp;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.wire.Mac1;
import io.wgsd.relay.wire.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@link Sessions} behind a restart, and as initiator: it begins where it knows its members to be. */
class RestartTest {

    private final TestPeer alice = new TestPeer(1);
    private final SessionWorld world = new SessionWorld(alice);

    @Test
    void aRestartCostsOneRoundTrip() {
        world.connect(alice, HOME);
        world.restart();
        world.pass(Duration.ZERO);
        assertThat(world.where(alice)).isNull();

        world.receive(alice.respond(world.sent(HOME)), HOME);

        assertThat(world.where(alice)).isEqualTo(HOME);
        assertThat(alice.accepts(world.sent(HOME))).isTrue();
        world.receive(alice.keepalive(), HOME);
        assertThat(alice.accepts(world.sent(HOME))).isTrue();
    }

    @Test
    void anInitiationThatWasRecordedBeforeTheRestartIsRefused() {
        byte[] recorded = alice.initiation(world.relay.key());
        world.receive(recorded, HOME);
        world.restart();
        assertThat(world.receive(recorded, HOME)).hasValue(Outcome.REFUSED);
    }

    @Test
    void timestampsGrowThoughTheClockWentBack() {
        world.connect(alice, HOME);
        world.restart();
        world.pass(Duration.ZERO);
        Timestamp before = alice.timestamp(world.sent(HOME));

        world.receive(alice.initiation(world.relay.key()), HOME);
        world.connect(alice, HOME);
        world.clock = world.clock.minusSeconds(3600);
        world.restart();
        world.pass(Duration.ZERO);

        assertThat(alice.timestamp(world.sent(HOME))).isGreaterThan(before);
    }

    @Test
    void anInitiationThatIsNotAnsweredIsSentFourTimesFiveSecondsApart() {
        world.connect(alice, HOME);
        world.restart();
        List<Long> times = new ArrayList<>();
        Set<Integer> indices = new HashSet<>();
        for (int second = 0; second < 60; second++) {
            world.pass(second == 0 ? Duration.ZERO : Duration.ofSeconds(1));
            for (SessionWorld.Sent each : world.sent) {
                times.add((long) second);
                indices.add(Messages.sender(each.message()));
            }
            world.sent.clear();
        }
        assertThat(times).containsExactly(0L, 5L, 10L, 15L);
        assertThat(indices).hasSize(4);
    }

    @Test
    void aCookieIsShownInTheNextAttempt() {
        world.connect(alice, HOME);
        world.restart();
        world.pass(Duration.ZERO);
        byte[] first = world.sent(HOME);
        assertThat(world.receive(TestPeer.changed(alice.cookieReply(first), 40), HOME))
                .hasValue(Outcome.REFUSED);
        assertThat(world.receive(alice.cookieReply(first), HOME)).hasValue(Outcome.TO_RELAY);

        world.pass(Duration.ofSeconds(5));

        assertThat(alice.showsCookie(first)).isFalse();
        assertThat(alice.showsCookie(world.sent(HOME))).isTrue();
    }

    @Test
    void theRelayBeginsTheNextSessionWhereItHasBegunTheLast() {
        world.connect(alice, HOME);
        world.restart();
        world.pass(Duration.ZERO);
        world.receive(alice.respond(world.sent(HOME)), HOME);
        world.sent.clear();
        world.pass(Duration.ofSeconds(120));

        world.receive(alice.keepalive(), HOME);

        assertThat(world.sent).hasSize(2);
        world.receive(alice.respond(world.sent(HOME)), HOME);
        world.sent.clear();
        world.receive(alice.keepalive(), HOME);
        assertThat(world.sent).as("the new session is young").hasSize(1);
    }

    @Test
    void handshakesOfBothSidesThatMeetLeaveASession() {
        world.connect(alice, HOME);
        world.restart();
        world.pass(Duration.ZERO);
        byte[] relays = world.sent(HOME);
        world.receive(alice.initiation(world.relay.key()), HOME);
        world.sent.clear();

        // WireGuard has one state for both, so that the relay's initiation makes it forget its own.
        world.receive(alice.respond(relays), HOME);

        assertThat(alice.accepts(world.sent(HOME))).isTrue();
        world.receive(alice.keepalive(), HOME);
        assertThat(alice.accepts(world.sent(HOME))).isTrue();
    }

    @Test
    void nobodyCanGuessAResponseEndlessly() {
        world.connect(alice, HOME);
        world.restart();
        world.pass(Duration.ZERO);
        byte[] response = alice.respond(world.sent(HOME));
        byte[] guess = TestPeer.changed(response, Messages.ENCRYPTED_NOTHING);
        Mac1.of(world.relay.key()).write(guess);
        for (int i = 0; i < 8; i++) {
            assertThat(world.receive(guess, HOME)).hasValue(Outcome.REFUSED);
        }
        assertThat(world.receive(response, HOME)).hasValue(Outcome.REFUSED);
    }

    @Test
    void manyMembersAreAskedAfterARestartWithoutWaiting() {
        TestPeer[] peers = new TestPeer[50];
        for (int i = 0; i < peers.length; i++) {
            peers[i] = new TestPeer(100 + i);
        }
        SessionWorld many = new SessionWorld(peers);
        for (int i = 0; i < peers.length; i++) {
            many.connect(peers[i], SessionWorld.source("10.0." + i + ".1", 4000));
        }
        many.restart();
        while (many.sessions.tick(many.now)) {
            // The next ones.
        }
        Set<Source> asked = new HashSet<>();
        many.sent.forEach(each -> asked.add(each.to()));
        assertThat(asked).hasSize(peers.length);
    }
}
