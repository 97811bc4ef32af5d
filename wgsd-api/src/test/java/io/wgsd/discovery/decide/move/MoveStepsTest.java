package io.wgsd.discovery.decide.move;

import static io.wgsd.discovery.decide.move.MoveReport.Outcome.BUSY;
import static io.wgsd.discovery.decide.move.MoveReport.Outcome.DISTURBED;
import static io.wgsd.discovery.decide.move.MoveReport.Outcome.LATE;
import static io.wgsd.discovery.decide.move.MoveReport.Outcome.MOVED;
import static io.wgsd.discovery.decide.move.MoveReport.Outcome.NOT_SENT;
import static io.wgsd.discovery.decide.move.MoveReport.Outcome.UNANSWERED;
import static io.wgsd.discovery.decide.move.TwoPaths.DIRECT;
import static io.wgsd.discovery.decide.move.TwoPaths.RELAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoveStepsTest {

    @ParameterizedTest(name = "relay {0} ms, direct {1} ms, {2} packets a second there, {3} back")
    @CsvSource({
        "80, 40, 0, 0",
        "80, 40, 50, 50",
        "80, 40, 1000, 0",
        "80, 40, 0, 1000",
        "80, 40, 1000, 1000",
        "20, 10, 1000, 1000",
        "1, 0, 0, 0",
        "1, 0, 50, 50",
        "1, 0, 1000, 1000",
        "40, 60, 50, 50",
        "40, 60, 200, 200",
    })
    void movesWithoutLosingAPacket(long relay, long direct, int there, int back) {
        TwoPaths paths = new TwoPaths(relay, direct).traffic(there, back);
        assertThat(paths.move(false)).isEqualTo(MOVED);
        paths.pass(2_000_000);
        assertThat(paths.endpointHere()).isEqualTo(DIRECT);
        assertThat(paths.endpointThere()).isEqualTo(DIRECT);
        assertThat(paths.lost()).isZero();
    }

    @ParameterizedTest(name = "there {0}, back {1}, {2} packets a second each way")
    @CsvSource({
        "false, false, 0",
        "false, false, 50",
        "false, false, 1000",
        "false, true, 50",
        "true, false, 0",
        "true, false, 50",
    })
    void staysOnTheRelayWhereTheDirectPathDoesNotWork(boolean there, boolean back, int rate) {
        TwoPaths paths = new TwoPaths(80, 40).traffic(rate, rate).directPath(there, back);
        assertThat(paths.move(false)).isEqualTo(UNANSWERED);
        int lost = paths.lost();
        // The datagrams themselves, and what else is sent while a datagram is under way.
        assertThat(lost).isLessThanOrEqualTo(rate == 1000 ? 10 : 6);
        paths.pass(2_000_000);
        assertThat(paths.endpointHere()).isEqualTo(RELAY);
        assertThat(paths.lost() - lost).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest(name = "relay {0} ms, direct {1} ms, {2} packets a second there, {3} back")
    @CsvSource({
        "80, 40, 0, 50",
        "80, 40, 0, 1000",
        "80, 40, 1000, 1000",
        "1, 0, 50, 50",
    })
    void movesByKeepalivesWhereTheOtherSideSends(long relay, long direct, int there, int back) {
        TwoPaths paths = new TwoPaths(relay, direct).keepalives().traffic(there, back);
        assertThat(paths.move(false)).isEqualTo(MOVED);
        paths.pass(2_000_000);
        assertThat(paths.endpointHere()).isEqualTo(DIRECT);
        assertThat(paths.endpointThere()).isEqualTo(DIRECT);
        assertThat(paths.lost()).isZero();
    }

    /** Its next packet by the relay comes before the other side has sent one directly. */
    @Test
    void losesNothingWhereThisSidesOwnPacketsUndoTheKeepalive() {
        TwoPaths paths = new TwoPaths(80, 47).keepalives().traffic(50, 50);
        assertThat(paths.move(false)).isEqualTo(UNANSWERED);
        paths.pass(2_000_000);
        assertThat(paths.endpointThere()).isEqualTo(RELAY);
        assertThat(paths.lost()).isZero();
    }

    @Test
    void anIdleSessionMovesAfterAKeepaliveWithTheOtherSidesNextPacket() {
        TwoPaths paths = new TwoPaths(80, 40).keepalives();
        assertThat(paths.move(false)).isEqualTo(UNANSWERED);
        assertThat(paths.endpointHere()).isEqualTo(RELAY);
        paths.keepaliveFromThere();
        assertThat(paths.endpointHere()).isEqualTo(DIRECT);
    }

    @ParameterizedTest(name = "keepalives {0}")
    @ValueSource(booleans = {false, true})
    void whatOnlyTheOtherSideSendsComesByTheRelayAgainWhereNothingComesBackDirectly(boolean keepalives) {
        TwoPaths paths = new TwoPaths(80, 40).traffic(0, 50).directPath(true, false);
        if (keepalives) {
            paths.keepalives();
        }
        assertThat(paths.move(false)).isEqualTo(UNANSWERED);
        paths.pass(200_000);
        assertThat(paths.endpointThere()).isEqualTo(RELAY);
        int lost = paths.lost();
        paths.pass(2_000_000);
        assertThat(paths.lost()).isEqualTo(lost);
    }

    @Test
    void anIdleSessionMovesLaterWhereDatagramsAreNotAnswered() {
        TwoPaths paths = new TwoPaths(80, 40).unansweredDatagrams();
        assertThat(paths.move(false)).isEqualTo(UNANSWERED);
        assertThat(paths.endpointHere()).isEqualTo(RELAY);
        // WireGuard answers data after ten seconds at the latest, and does so to where they came from.
        paths.keepaliveFromThere();
        assertThat(paths.endpointHere()).isEqualTo(DIRECT);
        assertThat(paths.endpointThere()).isEqualTo(DIRECT);
    }

    @Test
    void doesNotSayThatAPacketWasNotAnsweredThatCouldNotBeSent() {
        assertThat(new TwoPaths(80, 40).unrouted().move(false)).isEqualTo(NOT_SENT);
    }

    @Test
    void aHostThatIsTooBusyPutsNoPacketAtRisk() {
        TwoPaths paths = new TwoPaths(80, 40).late(20).traffic(50, 50);
        assertThat(paths.move(false)).isEqualTo(LATE);
        assertThat(paths.writes()).isZero();
        assertThat(new TwoPaths(80, 40).late(20).move(false)).isEqualTo(MOVED);
    }

    @Test
    void waitsForAPauseInVainWhereItMayMoveOnlyThen() {
        TwoPaths paths = new TwoPaths(80, 40).traffic(50, 50);
        assertThat(paths.move(true)).isEqualTo(BUSY);
        assertThat(paths.writes()).isZero();
        assertThat(new TwoPaths(80, 40).move(true)).isEqualTo(MOVED);
    }

    @Test
    void writesNothingOverAnEndpointThatSomebodyElseSet() {
        TwoPaths paths = new TwoPaths(80, 40).traffic(50, 50).directPath(false, false);
        MoveReport.Outcome outcome = paths.move(TwoPaths.order(false), step -> {
            if (step.act() == MoveStep.Act.FLICK) {
                paths.roam("203.0.113.77:1");
            }
        });
        assertThat(outcome).isIn(DISTURBED, UNANSWERED);
    }

    @Test
    void aNewHandshakeEndsIt() {
        TwoPaths paths = new TwoPaths(80, 40).traffic(50, 50);
        MoveReport.Outcome outcome = paths.move(TwoPaths.order(false), step -> {
            if (step.act() == MoveStep.Act.DIRECT) {
                paths.shakeHands();
            }
        });
        assertThat(outcome).isEqualTo(DISTURBED);
        assertThat(paths.endpointHere()).isEqualTo(RELAY);
    }

    @Test
    void doesNotBeginWithAPeerThatIsNotAtTheRelay() {
        TwoPaths paths = new TwoPaths(80, 40);
        paths.roam("203.0.113.77:1");
        assertThat(paths.move(false)).isEqualTo(DISTURBED);
        assertThat(paths.writes()).isZero();
    }

    @Test
    void endsWhereThePeerIsGone() {
        MoveStep step = new MoveSteps(TwoPaths.order(false), Samples.NOW).next(null, Samples.NOW);
        assertThat(step.outcome()).isEqualTo(DISTURBED);
    }
}
