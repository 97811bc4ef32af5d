package io.wgsd.discovery.decide.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.Samples;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which session is live, and so is left alone. */
class SessionTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final long INITIATION = 148;

    @Test
    void aPeerWithoutAHandshakeHasNoLiveSession() {
        assertThat(Session.first(peer(null, 0, 148), at(0)).isLive(at(0))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "179, true", "180, false", "3600, false", "-1, false"})
    void oneReadingTellsByTheAgeOfTheHandshake(long age, boolean live) {
        Session session = Session.first(peer(NOON.minusSeconds(age), 1000, 1000), at(0));
        assertThat(session.isLive(at(0))).isEqualTo(live);
    }

    @Test
    void aSessionAgesBetweenReadings() {
        Session session = Session.first(peer(NOON.minusSeconds(100), 1000, 1000), at(0));
        assertThat(session.isLive(at(79))).isTrue();
        assertThat(session.isLive(at(80))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {180, 600, 1_795_953_591L, -1, -600, -100_000_000L})
    void aHandshakeThatLooksOldOrLiesInTheFutureAtFirstSightProvesNothing(long age) {
        Session session = Session.first(peer(NOON.minusSeconds(age), 1000, 1000), at(0));
        assertThat(session.isLive(at(0))).isFalse();
        assertThat(session.isSuspect()).isTrue();
        assertThat(session.isUnproven()).isTrue();
        assertThat(session.isOver(at(179))).isFalse();
        assertThat(session.isOver(at(180))).isTrue();
    }

    @Test
    void aHandshakeThatProvesNothingIsLiveWhenSomethingIsReceived() {
        Session session = Session.first(peer(NOON.minusSeconds(600), 1000, 1000), at(0))
                .next(peer(NOON.minusSeconds(600), 1096, 1064), at(1));
        assertThat(session.isLive(at(1))).isTrue();
        assertThat(session.isLive(at(180))).isTrue();
        assertThat(session.isLive(at(181))).isFalse();
    }

    @Test
    void aHandshakeThatProvesNothingIsNotLiveWhenTheOtherSideBeginsAnother() {
        Session session = Session.first(peer(NOON.minusSeconds(600), 1000, 1000), at(0))
                .next(peer(NOON.minusSeconds(600), 1000 + INITIATION, 1092), at(1));
        assertThat(session.isLive(at(1))).isFalse();
    }

    @Test
    void aHandshakeThatProvesNothingIsDeadWhenWireGuardBeginsAnotherInsteadOfSendingData() {
        Session session = Session.first(peer(NOON.minusSeconds(600), 1000, 1000), at(0))
                .sent()
                .next(peer(NOON.minusSeconds(600), 1000, 1000 + INITIATION), at(1));
        assertThat(session.isOver(at(1))).isTrue();
        assertThat(session.isUnproven()).isFalse();
    }

    @Test
    void aHandshakeThatProvesNothingStaysSoWhileDataAreNotAnswered() {
        Session session = Session.first(peer(NOON.minusSeconds(600), 1000, 1000), at(0))
                .sent()
                .next(peer(NOON.minusSeconds(600), 1000, 1064), at(1));
        assertThat(session.isUnproven()).isTrue();
        assertThat(session.isOver(at(1))).isFalse();
    }

    /** It does so when a session is 120 s old, and when an answer is overdue. */
    @Test
    void aHandshakeThatProvesNothingIsNotDeadWhenWireGuardBeginsAnotherByItself() {
        Session session = Session.first(peer(NOON.minusSeconds(600), 1000, 1000), at(0))
                .sent()
                .next(peer(NOON.minusSeconds(600), 1000, 1064), at(1))
                .next(peer(NOON.minusSeconds(600), 1000, 1064 + INITIATION), at(6));
        assertThat(session.isUnproven()).isTrue();
        assertThat(session.isOver(at(6))).isFalse();
    }

    /** The clock may have been set forward before the first reading by less than a session lasts. */
    @Test
    void aHandshakeThatNobodySawProvesNothingOnceItHasGrownOld() {
        Peer peer = peer(NOON.minusSeconds(170), 1000, 1000);
        Session session = Session.first(peer, at(0)).next(peer, at(10));
        assertThat(session.isLive(at(10))).isFalse();
        assertThat(session.isUnproven()).isTrue();
        assertThat(session.isOver(at(10))).isFalse();
    }

    @Test
    void aSessionWhoseHandshakeWasSeenEndsWhenItHasGrownOld() {
        Peer peer = peer(NOON.plusSeconds(1), 2000, 2000);
        Session session =
                Session.first(peer(null, 0, 0), at(0)).next(peer, at(1)).next(peer, at(181));
        assertThat(session.isOver(at(181))).isTrue();
        assertThat(session.isUnproven()).isFalse();
    }

    @Test
    void settingTheWallClockForwardDoesNotEndASession() {
        Peer peer = peer(NOON.minusSeconds(10), 1000, 1000);
        Session session = Session.first(peer, at(0)).next(peer, new Moment(NOON.plusSeconds(99999), seconds(1)));
        assertThat(session.age(at(1))).contains(Duration.ofSeconds(11));
    }

    @Test
    void settingTheWallClockBackDoesNotReviveASession() {
        Peer peer = peer(NOON.minusSeconds(170), 1000, 1000);
        Session session = Session.first(peer, at(0)).next(peer, new Moment(NOON.minusSeconds(99999), seconds(10)));
        assertThat(session.isLive(at(10))).isFalse();
    }

    @Test
    void aNewHandshakeIsNoOlderThanTheReadingBeforeIt() {
        Session session = Session.first(peer(NOON.minusSeconds(500), 1000, 1000), at(0))
                .next(peer(NOON.minusSeconds(400), 2000, 2000), at(30));
        assertThat(session.age(at(30))).contains(Duration.ofSeconds(30));
    }

    @Test
    void aNewHandshakeIsAsOldAsItsStampWhereTheClocksAgree() {
        Session session = Session.first(peer(null, 0, 0), at(0)).next(peer(NOON.plusSeconds(20), 2000, 2000), at(30));
        assertThat(session.age(at(30))).contains(Duration.ofSeconds(10));
    }

    @Test
    void anIdleSessionIsLive() {
        Peer idle = peer(NOON, 1000, 1000);
        Session session = Session.first(idle, at(0)).next(idle, at(60)).next(idle, at(120));
        assertThat(session.isLive(at(120))).isTrue();
    }

    @Test
    void aSessionThatSendsAgainAndHearsNothingForFifteenSecondsIsSuspectWherePacketsAreKnownToArrive() {
        Session sent = reliable()
                .next(peer(NOON, 2000, 2480), at(101))
                .next(peer(NOON, 2000, 2960), at(102))
                .next(peer(NOON, 2000, 2960), at(115));
        assertThat(sent.isLive(at(115))).isTrue();
        assertThat(sent.next(peer(NOON, 2000, 2960), at(116)).isLive(at(116))).isFalse();
    }

    @Test
    void wherePacketsAreNotKnownToArriveItTakesTwentyFiveSeconds() {
        Session sent = Session.first(peer(NOON, 1000, 1000), at(0))
                .next(peer(NOON, 1000, 1480), at(1))
                .next(peer(NOON, 1000, 2000), at(2))
                .next(peer(NOON, 1000, 2000), at(25));
        assertThat(sent.isLive(at(25))).isTrue();
        assertThat(sent.next(peer(NOON, 1000, 2000), at(26)).isLive(at(26))).isFalse();
    }

    @Test
    void dataThatWereNotRepeatedMayHaveBeenLost() {
        Session sent = reliable().next(peer(NOON, 2000, 2480), at(101));
        assertThat(sent.next(peer(NOON, 2000, 2480), at(160)).isLive(at(160))).isTrue();
    }

    @Test
    void repeatedDataAreAnsweredWithinElevenSeconds() {
        Session sent = reliable()
                .next(peer(NOON, 2000, 2480), at(101))
                .next(peer(NOON, 2000, 2960), at(113))
                .next(peer(NOON, 2000, 2960), at(123));
        assertThat(sent.isLive(at(123))).isTrue();
        assertThat(sent.next(peer(NOON, 2000, 2960), at(124)).isLive(at(124))).isFalse();
    }

    @Test
    void aHandshakeThatWireGuardBeginsIsAnsweredAtOnce() {
        Session sent = reliable()
                .next(peer(NOON, 2000, 2480), at(101))
                .next(peer(NOON, 2000, 2480 + INITIATION), at(116))
                .next(peer(NOON, 2000, 2480 + INITIATION), at(118));
        assertThat(sent.isLive(at(118))).isTrue();
        assertThat(sent.next(peer(NOON, 2000, 2480 + INITIATION), at(119)).isLive(at(119)))
                .isFalse();
    }

    @Test
    void aLateAnswerWasRepeatedSoThatLossIsNotLow() {
        Session late = reliable().next(peer(NOON, 2000, 2480), at(101)).next(peer(NOON, 2032, 2480), at(121));
        assertThat(late.patience()).isEqualTo(Session.SUSPECT_AFTER_LOSS);
    }

    @Test
    void regularKeepalivesShowThatLossIsLow() {
        Session session = Session.first(peer(NOON, 1000, 1000), at(0));
        for (int i = 1; i <= 4; i++) {
            assertThat(session.patience()).isEqualTo(Session.SUSPECT_AFTER_LOSS);
            session = session.next(peer(NOON, 1000 + 32 * i, 1000), at(25 * i));
        }
        assertThat(session.patience()).isEqualTo(Session.SUSPECT_AFTER);
        assertThat(session.next(peer(NOON, 1160, 1000), at(150)).patience())
                .as("one has not come")
                .isEqualTo(Session.SUSPECT_AFTER_LOSS);
    }

    @Test
    void aPeerThatIsKnownToAnswerAndDoesNotIsSuspectUntilSomethingComes() {
        Session doubted = Session.first(peer(NOON, 1000, 1000), at(0)).doubted();
        assertThat(doubted.isLive(at(0))).isFalse();
        assertThat(doubted.isSilent()).isFalse();
        assertThat(doubted.next(peer(NOON, 1000, 1064), at(1)).isLive(at(1))).isFalse();
        assertThat(doubted.next(peer(NOON, 1032, 1064), at(2)).isLive(at(2))).isTrue();
    }

    @Test
    void aDatagramThatWasSentCountsAlthoughItIsAsLongAsTwoKeepalives() {
        Session sent = Session.first(keptAlive(1000, 1000), at(0))
                .sent()
                .next(keptAlive(1000, 1064), at(1))
                .sent()
                .next(keptAlive(1000, 1128), at(2))
                .next(keptAlive(1000, 1128), at(26));
        assertThat(sent.isSilent()).isTrue();
    }

    @Test
    void withoutAnotherReadingNothingBecomesSuspect() {
        Session sent = Session.first(peer(NOON, 1000, 1000), at(0)).next(peer(NOON, 1000, 1500), at(1));
        assertThat(sent.isLive(at(100))).isTrue();
    }

    @Test
    void anyAnswerEndsSuspicion() {
        Session answered = Session.first(peer(NOON, 1000, 1000), at(0))
                .next(peer(NOON, 1000, 1500), at(1))
                .next(peer(NOON, 1000, 2000), at(2))
                .next(peer(NOON, 1000, 2000), at(40))
                .next(peer(NOON, 1032, 2500), at(41));
        assertThat(answered.isLive(at(41))).isTrue();
    }

    @Test
    void aHandshakeEndsSuspicion() {
        Session renewed = Session.first(peer(NOON, 1000, 1000), at(0))
                .next(peer(NOON, 1000, 1500), at(1))
                .next(peer(NOON, 1000, 1500 + INITIATION), at(16))
                .next(peer(NOON, 1000, 1500 + INITIATION), at(30))
                .next(peer(NOON.plusSeconds(30), 1092, 1500 + INITIATION), at(31));
        assertThat(renewed.isLive(at(31))).isTrue();
    }

    @Test
    void keepalivesNeedNoAnswer() {
        Session quiet = Session.first(keptAlive(1000, 1000), at(0))
                .next(keptAlive(1000, 1032), at(25))
                .next(keptAlive(1000, 1064), at(50))
                .next(keptAlive(1000, 1096), at(75));
        assertThat(quiet.isSuspect()).isFalse();
    }

    @Test
    void theKeepaliveThatAnswersTheLastDataWantsNoAnswer() {
        Session quiet = Session.first(peer(NOON, 1000, 1000), at(0))
                .next(peer(NOON, 1128, 1000), at(1))
                .next(peer(NOON, 1128, 1032), at(11))
                .next(peer(NOON, 1128, 1032), at(60));
        assertThat(quiet.isSuspect()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {64, 96, 128, INITIATION})
    void anythingElseThanKeepalivesNeedsAnAnswer(long bytes) {
        Session sent = Session.first(peer(NOON, 1000, 1000), at(0))
                .next(peer(NOON, 1000, 1000 + bytes), at(1))
                .next(peer(NOON, 1000, 1000 + 2 * bytes), at(2))
                .next(peer(NOON, 1000, 1000 + 2 * bytes), at(26));
        assertThat(sent.isSuspect()).isTrue();
    }

    @Test
    void aPeerThatWasAddedAgainIsJudgedAgain() {
        Session anew = Session.first(peer(NOON, 5000, 5000), at(0))
                .next(peer(NOON, 5000, 9000), at(1))
                .next(peer(null, 0, INITIATION), at(30));
        assertThat(anew).isEqualTo(Session.first(peer(null, 0, INITIATION), at(30)));
    }

    @Test
    void countersBeyondTheSignedRangeStillGrow() {
        Session session = Session.first(peer(NOON, Long.MAX_VALUE, 1000), at(0))
                .next(peer(NOON, Long.MIN_VALUE, 1500), at(1))
                .next(peer(NOON, Long.MIN_VALUE, 2000), at(60));
        assertThat(session.age(at(60))).contains(Duration.ofSeconds(60));
        assertThat(session.isSuspect()).isFalse();
    }

    /** A session whose data have been answered in time, each time. */
    private static Session reliable() {
        return Session.first(peer(NOON, 1000, 1000), at(0))
                .next(peer(NOON, 1000, 1100), at(80))
                .next(peer(NOON, 1032, 1100), at(90))
                .next(peer(NOON, 1032, 1200), at(91))
                .next(peer(NOON, 2000, 2000), at(100));
    }

    private static Moment at(long seconds) {
        return new Moment(NOON.plusSeconds(seconds), seconds(seconds));
    }

    /** Far from zero, since System.nanoTime may begin anywhere, and overflow. */
    private static long seconds(long seconds) {
        return Long.MAX_VALUE - 1_000_000_000L + seconds * 1_000_000_000L;
    }

    private static Peer peer(@Nullable Instant handshake, long rx, long tx) {
        return Peer.builder(Samples.ALICE)
                .statistics(PeerStatistics.of(handshake, rx, tx))
                .build();
    }

    private static Peer keptAlive(long rx, long tx) {
        return Peer.builder(Samples.ALICE)
                .persistentKeepalive(Duration.ofSeconds(25))
                .statistics(PeerStatistics.of(NOON, rx, tx))
                .build();
    }
}
