package io.wgsd.relay.session;

import static io.wgsd.relay.session.SessionWorld.ELSEWHERE;
import static io.wgsd.relay.session.SessionWorld.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.wire.Messages;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A member's session with the relay, as WireGuard would have it. */
class SessionsTest {

    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);
    private final TestPeer stranger = new TestPeer(3);
    private final SessionWorld world = new SessionWorld(alice, bob);

    @Test
    void aMemberIsAttachedOnceItHasSentDataWithTheSession() {
        assertThat(world.receive(alice.initiation(world.relay.key()), HOME)).hasValue(Outcome.TO_RELAY);
        byte[] response = world.sent(HOME);
        assertThat(Messages.type(response)).isEqualTo(Messages.RESPONSE);
        assertThat(world.where(alice)).isNull();

        assertThat(world.receive(alice.finish(response), HOME)).hasValue(Outcome.TO_RELAY);
        assertThat(world.where(alice)).isEqualTo(HOME);
        assertThat(world.events).containsExactly("attached 1000");
    }

    @Test
    void itIsKnownWhenAMemberProvedLastWhereItIs() {
        world.connect(alice, HOME);
        long first = world.now;
        assertThat(world.member(alice).heard()).isEqualTo(new Member.Heard(HOME, first));

        world.pass(Duration.ofSeconds(7));
        byte[] keepalive = alice.keepalive();
        world.receive(TestPeer.changed(keepalive, 20), HOME);
        world.receive(alice.initiation(world.relay.key()), HOME);
        assertThat(world.member(alice).heard().at()).isEqualTo(first);

        world.receive(keepalive, HOME);
        assertThat(world.member(alice).heard().at()).isEqualTo(world.now);

        world.receive(alice.keepalive(), ELSEWHERE);
        assertThat(world.member(alice).heard()).isEqualTo(new Member.Heard(ELSEWHERE, world.now));
    }

    @Test
    void aMemberThatWritesFromAnothersSourceHasNotProvedToBeThere() {
        world.connect(bob, ELSEWHERE);
        world.connect(alice, HOME);
        Member.Heard before = world.member(alice).heard();
        world.pass(Duration.ofSeconds(1));

        world.receive(alice.keepalive(), ELSEWHERE);

        assertThat(world.member(alice).heard()).isEqualTo(before);
    }

    @Test
    void eachAuthenticKeepaliveIsAnsweredWithOne() {
        world.connect(alice, HOME);
        for (int i = 0; i < 10; i++) {
            world.receive(alice.keepalive(), HOME);
            assertThat(alice.accepts(world.sent(HOME))).isTrue();
        }
    }

    @Test
    void aRepeatedOrFalseKeepaliveIsNotAnswered() {
        world.connect(alice, HOME);
        byte[] keepalive = alice.keepalive();
        world.receive(keepalive, HOME);
        world.sent.clear();

        assertThat(world.receive(keepalive, HOME)).hasValue(Outcome.REFUSED);
        assertThat(world.receive(TestPeer.changed(alice.keepalive(), 20), HOME)).hasValue(Outcome.REFUSED);
        assertThat(world.sent).isEmpty();
    }

    @Test
    void dataWithContentAreHeardAndNotAnswered() {
        world.connect(alice, HOME);
        assertThat(world.receive(alice.data(64), ELSEWHERE)).hasValue(Outcome.TO_RELAY);
        assertThat(world.sent).isEmpty();
        assertThat(world.where(alice)).isEqualTo(ELSEWHERE);
    }

    @Test
    void aStrangersHandshakeIsNotAnswered() {
        assertThat(world.receive(stranger.initiation(world.relay.key()), HOME)).hasValue(Outcome.REFUSED);
        assertThat(world.receive(alice.initiation(bob.key()), HOME)).hasValue(Outcome.REFUSED);
        assertThat(world.sent).isEmpty();
    }

    @Test
    void aRepeatedInitiationIsRefusedAndAnOlderOneToo() {
        byte[] first = alice.initiation(world.relay.key());
        byte[] second = alice.initiation(world.relay.key());
        assertThat(world.receive(second, HOME)).hasValue(Outcome.TO_RELAY);
        assertThat(world.receive(second, HOME)).hasValue(Outcome.REFUSED);
        assertThat(world.receive(first, HOME)).hasValue(Outcome.REFUSED);
    }

    @Test
    void aSourceMovesWithAuthenticData() {
        world.connect(alice, HOME);
        world.receive(alice.keepalive(), ELSEWHERE);
        assertThat(alice.accepts(world.sent(ELSEWHERE))).isTrue();
        assertThat(world.where(alice)).isEqualTo(ELSEWHERE);
        assertThat(world.events).containsExactly("attached 1000", "moved 2000");
    }

    @Test
    void aSourceDoesNotMoveWithAHandshakeThatWasRecordedAndCarriedElsewhere() {
        world.connect(alice, HOME);
        world.receive(alice.initiation(world.relay.key()), ELSEWHERE);
        assertThat(world.where(alice)).isEqualTo(HOME);
    }

    @Test
    void aMemberCannotTakeAnothersSourceByWritingItOnItsData() {
        world.connect(alice, HOME);
        world.connect(bob, ELSEWHERE);

        world.receive(bob.keepalive(), HOME);

        assertThat(world.where(alice)).isEqualTo(HOME);
        assertThat(world.where(bob)).isEqualTo(ELSEWHERE);
        assertThat(world.roster.at(HOME)).isEqualTo(world.member(alice));
    }

    @Test
    void aMemberThatAnswersAtAnothersSourceIsThere() {
        world.connect(alice, HOME);
        world.connect(bob, ELSEWHERE);
        world.receive(bob.keepalive(), HOME);
        byte[] challenge = world.sent.stream()
                .map(SessionWorld.Sent::message)
                .filter(message -> Messages.type(message) == Messages.INITIATION)
                .findFirst()
                .orElseThrow();

        world.receive(bob.respond(challenge), HOME);

        assertThat(world.where(bob)).isEqualTo(HOME);
        assertThat(world.where(alice)).isNull();
        assertThat(world.events).endsWith("detached", "moved 1000");
    }

    @Test
    void aChallengeThatIsAnsweredMovesTheSource() {
        world.connect(alice, HOME);
        world.sessions.challenge(world.member(alice), ELSEWHERE, world.now);
        byte[] initiation = world.sent(ELSEWHERE);
        assertThat(world.where(alice)).isEqualTo(HOME);

        world.receive(alice.respond(initiation), ELSEWHERE);

        assertThat(world.where(alice)).isEqualTo(ELSEWHERE);
        assertThat(alice.accepts(world.sent(ELSEWHERE))).isTrue();
    }

    @Test
    void aChallengeThatIsAnsweredFromElsewhereMovesNothing() {
        world.connect(alice, HOME);
        world.sessions.challenge(world.member(alice), ELSEWHERE, world.now);
        world.receive(alice.respond(world.sent(ELSEWHERE)), SessionWorld.source("192.0.2.9", 3000));
        assertThat(world.where(alice)).isEqualTo(HOME);
    }

    @Test
    void challengesOfOneMemberAreFiveSecondsApart() {
        world.connect(alice, HOME);
        for (int i = 0; i < 5; i++) {
            world.sessions.challenge(world.member(alice), ELSEWHERE, world.now);
        }
        assertThat(world.sent).hasSize(1);
        world.pass(Duration.ofSeconds(5));
        world.sessions.challenge(world.member(alice), ELSEWHERE, world.now);
        assertThat(world.sent).hasSize(2);
    }

    @Test
    void aMemberIsFoundThoughItsNatGivesItOnePortAfterTheOther() {
        world.connect(alice, HOME);
        world.sessions.challenge(world.member(alice), ELSEWHERE, world.now);
        Source next = SessionWorld.source("203.0.113.7", 2001);
        world.sessions.challenge(world.member(alice), next, world.now);
        assertThat(world.sent)
                .as("what Alice would drop, so soon after the first")
                .hasSize(1);

        world.pass(Duration.ofMillis(30));
        world.sessions.challenge(world.member(alice), next, world.now);
        world.receive(alice.respond(world.sent(next)), next);

        assertThat(world.where(alice)).isEqualTo(next);
    }

    @Test
    void anotherAddressDoesNotKeepAMemberFromAnswering() {
        world.connect(alice, HOME);
        world.sessions.challenge(world.member(alice), ELSEWHERE, world.now);
        world.sessions.challenge(world.member(alice), SessionWorld.source("192.0.2.9", 2000), world.now);
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void theMembersNextHandshakeReplacesTheSession() {
        world.connect(alice, HOME);
        byte[] late = alice.keepalive();
        world.pass(Duration.ofSeconds(120));
        world.connect(alice, HOME);

        assertThat(world.receive(late, HOME)).as("what was on its way").hasValue(Outcome.TO_RELAY);
        world.sent.clear();
        world.receive(alice.keepalive(), HOME);
        assertThat(alice.accepts(world.sent(HOME))).isTrue();
        assertThat(world.events).containsExactly("attached 1000");
    }

    @Test
    void aSessionEndsAfterThreeMinutesAndWithItTheAttachment() {
        world.connect(alice, HOME);
        world.pass(Duration.ofSeconds(179));
        assertThat(world.where(alice)).isEqualTo(HOME);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.receive(alice.keepalive(), HOME)).isEmpty();
        assertThat(world.where(alice)).isNull();
        assertThat(world.events).containsExactly("attached 1000", "detached");
    }

    @Test
    void aMemberThatIsOneNoMoreHasNoSessionAndNoSource() {
        world.connect(alice, HOME);
        world.members(bob);
        world.pass(Duration.ZERO);
        assertThat(world.roster.at(HOME)).isNull();
        assertThat(world.receive(alice.keepalive(), HOME)).isEmpty();
        assertThat(world.receive(alice.initiation(world.relay.key()), HOME)).hasValue(Outcome.REFUSED);
    }

    @Test
    void aMemberThatIsTakenInAgainMayShakeHandsAgain() {
        world.connect(alice, HOME);
        world.members(bob);
        world.members(alice, bob);
        world.connect(alice, ELSEWHERE);
        assertThat(world.where(alice)).isEqualTo(ELSEWHERE);
    }

    @Test
    void packetsThatAreNotForTheRelayAreLeftToOthers() {
        world.connect(alice, HOME);
        byte[] others = alice.data(64);
        Messages.putWord(others, Messages.RECEIVER, 7);
        assertThat(world.receive(others, HOME)).isEmpty();
        assertThat(world.receive(new byte[3], HOME)).hasValue(Outcome.MALFORMED);
    }
}
