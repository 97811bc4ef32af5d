package io.wgsd.discovery.decide;

import static io.wgsd.discovery.decide.History.opener;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PeerChange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is tried while a session may be dead; when it is suspect is {@link Session}'s business and test. */
class SuspicionTest {

    private static final String THERE = "198.51.100.1:1000";
    private static final String ELSEWHERE = "198.51.100.1:2000";
    private static final long INITIATION = 148;

    @Test
    void aLiveSessionIsProbedAndNotWrittenNoMatterWhatIsAdvertised() {
        History peer =
                opener().endpoint(THERE).shakesHands().advertised(ELSEWHERE).answering();

        assertThat(peer.decidesFor(Duration.ofMinutes(2)))
                .singleElement()
                .satisfies(decision -> assertThat(decision.change()).isEmpty());
        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
    }

    @Test
    void aPeerWithoutNewsIsNotProbed() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().advertised(THERE);

        assertThat(peer.decidesFor(Duration.ofMinutes(2))).isEmpty();
    }

    @Test
    void aPeerThatIsAdvertisedAtTheEndpointInUseAndAtOthersIsNotProbed() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().advertised(ELSEWHERE, THERE);

        assertThat(peer.decidesFor(Duration.ofMinutes(2))).isEmpty();
    }

    @Test
    void newsAreProbedOnceEach() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().answering();
        peer.decidesFor(Duration.ofSeconds(1));
        assertThat(peer.advertised(ELSEWHERE).decidesFor(Duration.ofSeconds(30)))
                .hasSize(1);
        assertThat(peer.advertised("198.51.100.1:3000").decidesFor(Duration.ofSeconds(30)))
                .hasSize(1);
        assertThat(peer.advertised(THERE).decidesFor(Duration.ofSeconds(30))).isEmpty();
        assertThat(peer.advertised(ELSEWHERE).decidesFor(Duration.ofSeconds(30)))
                .hasSize(1);
    }

    @Test
    void aPeerThatIsKnownToAnswerAndDoesNotIsTriedWhereTheNewsSayAfterTwoAndAHalfSeconds() {
        History peer = answeringTwice();
        peer.silent().advertised(ELSEWHERE);

        assertThat(peer.datagramsIn(Duration.ofMillis(2_475))).containsExactly(0L, 700L, 1_500L, 2_200L);
        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
        DeviceDecision decision = peer.passes(25).decides();
        assertThat(peer.status().state()).isEqualTo(PeerState.SUSPECT);
        assertThat(decision.change()).contains(peer.endpointOnly(ELSEWHERE));
        assertThat(decision.datagrams()).containsExactly(peer.key());
    }

    @Test
    void anEndpointTriedWithoutSuccessIsTakenBackAfterHalfASecond() {
        History peer = suspectAndTried();

        assertThat(peer.decidesFor(Duration.ofMillis(475))).isEmpty();
        assertThat(peer.passes(25).decides().change()).contains(peer.endpointOnly(THERE));
    }

    @Test
    void anEndpointThatIsTriedStaysIfSomethingIsReceived() {
        History peer = suspectAndTried();
        peer.passes(80).receives(96).decides();

        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
        assertThat(peer.answering().decidesFor(Duration.ofSeconds(30)))
                .allMatch(decision -> decision.change().isEmpty());
    }

    @Test
    void aPeerWhoseSessionIsOnlyDoubtedIsNotRestarted() {
        History peer = suspectAndTried();

        assertThat(peer.decidesFor(Duration.ofSeconds(12)))
                .flatExtracting(History::parts)
                .hasSize(5)
                .noneMatch(PeerChange::isRestart);
        assertThat(peer.status().state()).isEqualTo(PeerState.SUSPECT);
    }

    @Test
    void onceIsNotEnoughToKnowThatAPeerAnswers() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().answering();
        peer.advertised("198.51.100.1:999").decidesFor(Duration.ofSeconds(1));
        peer.advertised(THERE).decidesFor(Duration.ofSeconds(30));
        peer.silent().advertised(ELSEWHERE).decidesFor(Duration.ofSeconds(4));

        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
    }

    @Test
    void aPeerThatIsNotKnownToAnswerIsLeftAloneForTwentyFiveSeconds() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().advertised(ELSEWHERE);

        assertThat(peer.decidesFor(Duration.ofMillis(25_000)))
                .hasSize(4)
                .allMatch(decision -> decision.change().isEmpty());
        assertThat(peer.passes(25).decides().change()).contains(peer.endpointOnly(ELSEWHERE));
        assertThat(peer.status().state()).isEqualTo(PeerState.SUSPECT);
    }

    @Test
    void aPeerThatAnsweredMoreThanTenMinutesAgoIsNotKnownToAnswer() {
        History peer = answeringTwice();
        for (int i = 0; i < 6; i++) {
            peer.passes(100_000).shakesHands().receives(32).decides();
        }
        peer.silent().advertised(ELSEWHERE);

        assertThat(peer.decidesFor(Duration.ofSeconds(10)))
                .allMatch(decision -> decision.change().isEmpty());
        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
    }

    @Test
    void newsAreProbedNoSoonerThanTenSecondsAfterTheLatestDatagram() {
        History peer = answeringTwice();
        peer.advertised(ELSEWHERE).decidesFor(Duration.ofSeconds(3));
        peer.silent().advertised("198.51.100.1:3000");

        assertThat(peer.datagramsIn(Duration.ofSeconds(9))).containsExactly(7_000L, 7_700L, 8_500L);
    }

    @Test
    void newsAreProbedAtOnceAlthoughAnOldSessionIsBeingRenewed() {
        History peer = opener().endpoint(THERE).shakesHands().advertised(THERE);
        peer.passes(140_000).decides();
        assertThat(peer.datagramsIn(Duration.ofSeconds(12))).containsExactly(10_000L);
        peer.advertised(ELSEWHERE);

        assertThat(peer.datagramsIn(Duration.ofSeconds(3))).containsExactly(0L, 700L, 1_500L, 2_200L);
    }

    @Test
    void aLiveSessionStaysLiveWhenTheWallClockIsSet() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().advertised(THERE);
        peer.decidesFor(Duration.ofSeconds(10));
        for (Duration jump : List.of(Duration.ofDays(20_000), Duration.ofDays(-20_001), Duration.ofMinutes(10))) {
            assertThat(peer.setsClock(jump).decidesFor(Duration.ofSeconds(10))).isEmpty();
            assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
        }
        assertThat(Duration.between(peer.status().since(), peer.now().wall())).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void aHandshakeThatLooksOldAtFirstSightIsProbedAndNeverRestartedOnThat() {
        History peer = opener().endpoint(THERE).shookHands(600).advertised(ELSEWHERE);
        DeviceDecision decision = peer.decides();

        assertThat(peer.status().state()).isEqualTo(PeerState.SUSPECT);
        assertThat(decision.change()).isEmpty();
        assertThat(decision.datagrams()).containsExactly(peer.key());
        assertThat(peer.sends(64).passes(80).receives(96).decides().change()).isEmpty();
        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
    }

    @Test
    void aPeerWhoseHandshakeIsOldForWireGuardItselfIsWrittenAfterASecond() {
        History peer = opener().endpoint(THERE).shookHands(600).advertised(ELSEWHERE);
        peer.decides();
        peer.sends(INITIATION).passes(25).decides();

        assertThat(peer.decidesFor(Duration.ofMillis(950))).isEmpty();
        assertThat(History.parts(peer.passes(25).decides()))
                .singleElement()
                .satisfies(part -> assertThat(part.endpoint()).contains(Endpoint.parse(ELSEWHERE)));
    }

    @Test
    void anotherEndpointIsTriedAfterTwentyFiveSecondsIfTheHandshakeProvesNothingAndNothingAnswers() {
        History peer = opener().endpoint(THERE).shookHands(-600).advertised(ELSEWHERE);

        assertThat(peer.decidesFor(Duration.ofSeconds(25)))
                .hasSize(4)
                .allMatch(decision -> decision.change().isEmpty());
        assertThat(peer.passes(25).decides().change()).contains(peer.endpointOnly(ELSEWHERE));
    }

    @Test
    void aSessionThatDiesWithoutNewsIsNoticedAndItsEndpointTriedFirst() {
        History peer = opener().endpoint(THERE).shakesHands().advertised(THERE);
        peer.decides();
        peer.passes(1_000).sends(160).decides();
        peer.passes(1_000).sends(160).decides();

        assertThat(peer.passes(23_999).decides().datagrams()).isEmpty();
        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
        DeviceDecision decision = peer.passes(1).decides();
        assertThat(peer.status().state()).isEqualTo(PeerState.SUSPECT);
        assertThat(decision.datagrams()).containsExactly(peer.key());
        assertThat(decision.change()).isEmpty();
        assertThat(peer.passes(25).decidesFor(Duration.ofMillis(975))).isEmpty();
        assertThat(peer.decidesFor(Duration.ofSeconds(3))).isNotEmpty();
    }

    @Test
    void aSessionThatIsDeadIsRestartedOnlyAfterItsTrial() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().advertised(ELSEWHERE);
        peer.decidesFor(Duration.ofMillis(25_025));

        List<PeerChange> parts = peer.decidesFor(Duration.ofSeconds(3)).stream()
                .flatMap(decision -> History.parts(decision).stream())
                .toList();
        assertThat(parts.get(0).endpoint()).contains(Endpoint.parse(ELSEWHERE));
        assertThat(parts.get(0).isRestart()).isFalse();
        assertThat(parts.get(1).endpoint()).contains(Endpoint.parse(THERE));
        assertThat(parts.get(1).isRestart()).isFalse();
        assertThat(parts.subList(2, parts.size())).anyMatch(PeerChange::isRestart);
    }

    /** A peer with a live session that has answered a datagram, half a minute ago. */
    private static History answeringTwice() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().answering();
        peer.advertised("198.51.100.1:999").decidesFor(Duration.ofSeconds(1));
        peer.advertised(THERE).decidesFor(Duration.ofSeconds(30));
        peer.advertised("198.51.100.1:998").decidesFor(Duration.ofSeconds(1));
        peer.advertised(THERE).decidesFor(Duration.ofSeconds(30));
        return peer;
    }

    private static History suspectAndTried() {
        History peer = answeringTwice();
        peer.silent().advertised(ELSEWHERE).decidesFor(Duration.ofMillis(2_500));
        assertThat(peer.decides().change()).contains(peer.endpointOnly(ELSEWHERE));
        return peer;
    }
}
