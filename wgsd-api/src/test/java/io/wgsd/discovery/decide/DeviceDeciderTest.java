package io.wgsd.discovery.decide;

import static io.wgsd.discovery.decide.History.caller;
import static io.wgsd.discovery.decide.History.opener;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent.PeerChanged;
import io.wgsd.discovery.PeerState;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PeerChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an agent does about a peer, by what it reads: no device, no network, no clock. */
class DeviceDeciderTest {

    private static final String THERE = "198.51.100.1:1000";
    private static final String ELSEWHERE = "198.51.100.1:2000";
    private static final long INITIATION = 148;
    private static final long RESPONSE = 92;

    @Test
    void aPeerThatIsNotAdvertisedIsAskedForAndWaitedFor() {
        History peer = opener();
        DeviceDecision decision = peer.decides();

        assertThat(peer.status().state()).isEqualTo(PeerState.WAITING);
        assertThat(decision.questions()).containsExactly(peer.key());
        assertThat(decision.change()).isEmpty();
        assertThat(decision.datagrams()).isEmpty();
    }

    @Test
    void theOneWithTheLesserKeyGoesFirst() {
        History peer = opener().advertised(THERE);
        DeviceDecision decision = peer.decides();

        assertThat(peer.status().state()).isEqualTo(PeerState.OPENING);
        assertThat(decision.change()).contains(endpointOnly(peer, THERE));
        assertThat(decision.datagrams()).containsExactly(peer.key());
    }

    @Test
    void theOneWithTheGreaterKeyGoesSecond() {
        History peer = caller().advertised(THERE);

        assertThat(peer.decides().change()).isEmpty();
        assertThat(peer.status().state()).isEqualTo(PeerState.CALLING);
        assertThat(peer.passes(139).decides().change()).isEmpty();
        assertThat(peer.passes(1).decides().change()).contains(endpointOnly(peer, THERE));
    }

    @Test
    void aLiveSessionIsProbedAndNotWrittenWhateverIsAdvertised() {
        History peer =
                opener().endpoint(THERE).shakesHands().advertised(ELSEWHERE).answering();

        assertThat(peer.decidesFor(Duration.ofMinutes(2)))
                .singleElement()
                .satisfies(decision -> assertThat(decision.change()).isEmpty());
        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
    }

    @Test
    void aPeerOfWhomThereAreNoNewsIsNotProbed() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().advertised(THERE);

        assertThat(peer.decidesFor(Duration.ofMinutes(2))).isEmpty();
    }

    @Test
    void whoIsAdvertisedAtTheEndpointInUseAndAtOthersIsNotProbed() {
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
        History peer = answeringOnce();
        peer.silent().advertised(ELSEWHERE);

        assertThat(peer.datagramsIn(Duration.ofMillis(2_475))).containsExactly(0L, 700L, 1_500L, 2_200L);
        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
        DeviceDecision decision = peer.passes(25).decides();
        assertThat(peer.status().state()).isEqualTo(PeerState.SUSPECT);
        assertThat(decision.change()).contains(endpointOnly(peer, ELSEWHERE));
        assertThat(decision.datagrams()).containsExactly(peer.key());
    }

    @Test
    void whatIsTriedInVainIsTakenBackAfterHalfASecond() {
        History peer = suspectAndTried();

        assertThat(peer.decidesFor(Duration.ofMillis(475))).isEmpty();
        assertThat(peer.passes(25).decides().change()).contains(endpointOnly(peer, THERE));
    }

    @Test
    void whatIsTriedStaysWhereSomethingComes() {
        History peer = suspectAndTried();
        peer.passes(80).receives(96).decides();

        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
        assertThat(peer.answering().decidesFor(Duration.ofSeconds(30)))
                .allMatch(decision -> decision.change().isEmpty());
    }

    @Test
    void whoseSessionIsOnlyDoubtedIsNotRestarted() {
        History peer = suspectAndTried();

        assertThat(peer.decidesFor(Duration.ofSeconds(12)))
                .flatExtracting(DeviceDeciderTest::parts)
                .hasSize(5)
                .noneMatch(PeerChange::isRestart);
        assertThat(peer.status().state()).isEqualTo(PeerState.SUSPECT);
    }

    @Test
    void aPeerThatIsNotKnownToAnswerIsLeftAloneForTwentyFiveSeconds() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().advertised(ELSEWHERE);

        assertThat(peer.decidesFor(Duration.ofMillis(25_000)))
                .hasSize(4)
                .allMatch(decision -> decision.change().isEmpty());
        assertThat(peer.passes(25).decides().change()).contains(endpointOnly(peer, ELSEWHERE));
        assertThat(peer.status().state()).isEqualTo(PeerState.SUSPECT);
    }

    @Test
    void whoAnsweredMoreThanTenMinutesAgoIsNotKnownToAnswer() {
        History peer = answeringOnce();
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
        History peer = answeringOnce();
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
    void aLiveSessionStaysSoHoweverTheWallClockIsSet() {
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
    void whoseHandshakeIsOldAccordingToWireGuardItselfIsWrittenAfterASecond() {
        History peer = opener().endpoint(THERE).shookHands(600).advertised(ELSEWHERE);
        peer.decides();
        peer.sends(INITIATION).passes(25).decides();

        assertThat(peer.decidesFor(Duration.ofMillis(950))).isEmpty();
        assertThat(parts(peer.passes(25).decides()))
                .singleElement()
                .satisfies(part -> assertThat(part.endpoint()).contains(Endpoint.parse(ELSEWHERE)));
    }

    @Test
    void whoseHandshakeProvesNothingAndWhoDoesNotAnswerIsTriedAfterTwentyFiveSeconds() {
        History peer = opener().endpoint(THERE).shookHands(-600).advertised(ELSEWHERE);

        assertThat(peer.decidesFor(Duration.ofSeconds(25)))
                .hasSize(4)
                .allMatch(decision -> decision.change().isEmpty());
        assertThat(peer.passes(25).decides().change()).contains(endpointOnly(peer, ELSEWHERE));
    }

    @Test
    void aKeptPeerIsLeftAloneWhateverHappens() {
        History peer = opener().endpoint(THERE).advertised(ELSEWHERE).kept();

        assertThat(peer.decidesFor(Duration.ofMinutes(10))).isEmpty();
        assertThat(peer.status().state()).isEqualTo(PeerState.KEPT);
    }

    @Test
    void aPeerIsRestartedWhereWireGuardDoesNotHeedTheDatagram() {
        History peer = opener().advertised(THERE).keepalive(25);
        peer.decides();

        assertThat(peer.passes(14).decides().change()).isEmpty();
        DeviceDecision decision = peer.passes(1).decides();
        assertThat(parts(decision)).singleElement().satisfies(part -> {
            assertThat(part.isRestart()).isTrue();
            assertThat(part.persistentKeepalive()).isEmpty();
        });
    }

    @Test
    void aPeerIsNotRestartedWhereWireGuardHeedsTheDatagram() {
        History peer = opener().advertised(THERE);
        peer.decides();

        assertThat(peer.sends(INITIATION).passes(15).decides().change()).isEmpty();
        assertThat(peer.passes(400).decides().change()).isEmpty();
    }

    @Test
    void aPeerIsNeverRestartedWhereThatIsSwitchedOffOrCannotBeOneTransaction() {
        History peer = opener().advertised(THERE).withoutRestarts();

        assertThat(peer.decidesFor(Duration.ofMinutes(2)))
                .flatExtracting(DeviceDeciderTest::parts)
                .noneMatch(PeerChange::isRestart);
    }

    @Test
    void keepaliveIsLentWhereNoDatagramCanBeSent() {
        History peer = opener().advertised(THERE).unrouted();
        DeviceDecision decision = peer.decides();

        assertThat(decision.lent()).containsExactly(peer.key());
        assertThat(decision.datagrams()).isEmpty();
        assertThat(parts(decision)).singleElement().satisfies(part -> {
            assertThat(part.persistentKeepalive()).contains(DeviceDecider.LENT_KEEPALIVE);
            assertThat(part.isUpdateOnly()).isTrue();
            assertThat(part.isRestart()).isFalse();
        });
    }

    @Test
    void keepaliveIsNeverChangedWhereItIsOn() {
        History peer = opener().advertised(THERE).unrouted().keepalive(5);

        assertThat(peer.decidesFor(Duration.ofMinutes(2)))
                .isNotEmpty()
                .flatExtracting(DeviceDeciderTest::parts)
                .allMatch(part -> part.persistentKeepalive().isEmpty());
    }

    @Test
    void anOpenerThatHearsTheOtherStaysSilentForTwoSeconds() {
        History peer = opener().advertised(THERE);
        peer.decides();
        peer.sends(INITIATION).passes(100).receives(INITIATION).sends(RESPONSE).decides();

        assertThat(peer.decidesFor(Duration.ofMillis(1_900))).isEmpty();
        assertThat(peer.decidesFor(Duration.ofMillis(200))).hasSize(1);
    }

    @Test
    void aCallerWhoseInitiationHasMetAnotherTriesAgainAsSoonAsAHandshakeWouldBeOver() {
        History peer = caller().advertised(THERE);
        peer.decides();
        peer.passes(140).decides();
        peer.sends(INITIATION).passes(30).receives(INITIATION).sends(RESPONSE).decides();

        assertThat(peer.passes(119).decides().change()).isEmpty();
        assertThat(parts(peer.passes(1).decides())).singleElement().matches(PeerChange::isRestart);
    }

    @Test
    void aCallerDoesNotActOnTheSameInitiationTwice() {
        History peer = caller().advertised(THERE);
        peer.decides();
        peer.passes(140).decides();
        peer.sends(INITIATION).passes(30).receives(INITIATION).decides();
        peer.passes(120).decides();

        assertThat(peer.decidesFor(Duration.ofMillis(450))).isEmpty();
    }

    @Test
    void aPeerThatSendsMoreThanInitiationsIsNotRestarted() {
        History peer = caller().advertised(THERE);
        peer.decides();
        peer.passes(140).decides();
        peer.sends(INITIATION).passes(30).receives(INITIATION + 32).decides();

        assertThat(peer.decidesFor(Duration.ofMillis(1_950)))
                .flatExtracting(DeviceDeciderTest::parts)
                .noneMatch(PeerChange::isRestart);
    }

    @Test
    void anEndpointThatWireGuardHasLearntIsNotOverwritten() {
        History peer = opener().advertised(THERE);
        peer.decides();
        peer.sends(INITIATION)
                .passes(100)
                .receives(INITIATION)
                .endpoint(ELSEWHERE)
                .decides();

        assertThat(peer.decidesFor(Duration.ofSeconds(4)))
                .isNotEmpty()
                .flatExtracting(DeviceDeciderTest::parts)
                .allMatch(part -> part.endpoint().isEmpty());
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
                .flatMap(decision -> parts(decision).stream())
                .toList();
        assertThat(parts.get(0).endpoint()).contains(Endpoint.parse(ELSEWHERE));
        assertThat(parts.get(0).isRestart()).isFalse();
        assertThat(parts.get(1).endpoint()).contains(Endpoint.parse(THERE));
        assertThat(parts.get(1).isRestart()).isFalse();
        assertThat(parts.subList(2, parts.size())).anyMatch(PeerChange::isRestart);
    }

    @Test
    void aNewSessionIsConfirmedByTwoDatagrams() {
        History peer = caller().advertised(THERE);
        peer.decides();
        peer.passes(140).decides();
        peer.sends(INITIATION).passes(80).receives(RESPONSE).shakesHands().decides();

        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
        assertThat(peer.decidesFor(Duration.ofSeconds(10)))
                .hasSize(2)
                .allMatch(decision -> decision.change().isEmpty());
    }

    @Test
    void anIdleSessionWithoutKeepaliveIsRenewedBeforeItExpires() {
        History peer = opener().endpoint(THERE).shakesHands();
        peer.decides();

        assertThat(peer.passes(149_000).decides().datagrams()).isEmpty();
        assertThat(peer.passes(1_000).decides().datagrams()).containsExactly(peer.key());
        assertThat(peer.passes(4_999).decides().datagrams()).isEmpty();
        assertThat(peer.passes(1).decides().datagrams()).containsExactly(peer.key());
        peer.receives(100).shakesHands().decides();
        assertThat(peer.decidesFor(Duration.ofSeconds(14))).hasSizeLessThanOrEqualTo(1);
        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
    }

    @Test
    void withKeepaliveWireGuardRenewsItByItself() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands();

        assertThat(peer.decidesFor(Duration.ofSeconds(179))).isEmpty();
    }

    @Test
    void attemptsComeEverMoreSeldomAndNeverStop() {
        History peer = opener().advertised(THERE);

        assertThat(peer.decidesFor(Duration.ofSeconds(4))).hasSizeBetween(5, 7);
        assertThat(peer.status().state()).isEqualTo(PeerState.SILENT);
        peer.decidesFor(Duration.ofMinutes(2));
        assertThat(peer.decidesFor(Duration.ofMinutes(10))).hasSizeBetween(24, 35);
    }

    @Test
    void anEndpointThatMustNotBeUsedIsSaidToBeUnreachable() {
        History peer = opener().refused(THERE, "this host has no route to it");

        assertThat(peer.decidesFor(Duration.ofSeconds(10))).isEmpty();
        assertThat(peer.status().state()).isEqualTo(PeerState.UNREACHABLE);
        assertThat(peer.status().reason()).contains(THERE + " is not used: this host has no route to it");
    }

    @Test
    void aLyingRegistryCostsABoundedNumberOfInitiations() {
        History peer = opener();
        int attempts = 0;
        for (int i = 0; i < 600; i++) {
            peer.advertised("198.51.100.1:" + (1_000 + i));
            attempts += peer.decidesFor(Duration.ofSeconds(1)).size();
        }

        assertThat(attempts).isBetween(60, 14 + 60 + 1);
    }

    @Test
    void aPeerThatIsTakenAwayIsGone() {
        History peer = opener();
        DeviceDecision before = peer.decides();
        Observation without = new Observation(
                Device.builder("wg0", DeviceKind.KERNEL).publicKey(History.OWN).build(),
                Map.of(),
                Set.of(),
                Set.of(),
                true,
                true,
                History.ROUND_TRIP,
                Optional.empty(),
                peer.now());

        DeviceDecision decision = DeviceDecider.decide(before.state(), without);
        assertThat(decision.state().peers()).isEmpty();
        assertThat(decision.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        PeerChanged.class,
                        event -> assertThat(event.peer().state()).isEqualTo(PeerState.GONE));
    }

    @Test
    void aPeerThatIsTakenAwayRightBeforeItIsWrittenIsNotWrittenAndIsGoneNext() {
        History peer = opener().advertised(THERE);
        AgentMemory before = AgentMemory.initial(7, peer.now());
        DeviceDecision first = peer.decides();
        Observation without = new Observation(
                Device.builder("wg0", DeviceKind.KERNEL).publicKey(History.OWN).build(),
                Map.of(),
                Set.of(),
                Set.of(),
                true,
                true,
                History.ROUND_TRIP,
                Optional.empty(),
                peer.now());

        DeviceDecision confirmed = DeviceDecider.confirm(first, before, without);
        assertThat(confirmed.change()).isEmpty();
        assertThat(confirmed.datagrams()).isEmpty();
        assertThat(DeviceDecider.decide(confirmed.state(), without).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        PeerChanged.class,
                        event -> assertThat(event.peer().state()).isEqualTo(PeerState.GONE));
    }

    /** A peer with a live session that has answered a datagram, half a minute ago. */
    private static History answeringOnce() {
        History peer = opener().endpoint(THERE).keepalive(25).shakesHands().answering();
        peer.advertised("198.51.100.1:999").decidesFor(Duration.ofSeconds(1));
        peer.advertised(THERE).decidesFor(Duration.ofSeconds(30));
        return peer;
    }

    private static History suspectAndTried() {
        History peer = answeringOnce();
        peer.silent().advertised(ELSEWHERE).decidesFor(Duration.ofMillis(2_500));
        assertThat(peer.decides().change()).contains(endpointOnly(peer, ELSEWHERE));
        return peer;
    }

    private static List<PeerChange> parts(DeviceDecision decision) {
        return decision.change().map(DeviceChange::peers).orElse(List.of());
    }

    private static DeviceChange endpointOnly(History peer, String endpoint) {
        return DeviceChange.builder()
                .peer(peer.key())
                .updateOnly()
                .endpoint(Endpoint.parse(endpoint))
                .build();
    }
}
