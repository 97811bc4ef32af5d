package io.wgsd.discovery.decide;

import static io.wgsd.discovery.decide.History.caller;
import static io.wgsd.discovery.decide.History.opener;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.PeerState;
import io.wgsd.model.PeerChange;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is done about a peer without a session, and to keep one that it has: no device, no network, no clock. */
class PeerDeciderTest {

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
    void theSideWithTheLesserKeySendsFirst() {
        History peer = opener().advertised(THERE);
        DeviceDecision decision = peer.decides();

        assertThat(peer.status().state()).isEqualTo(PeerState.OPENING);
        assertThat(decision.change()).contains(peer.endpointOnly(THERE));
        assertThat(decision.datagrams()).containsExactly(peer.key());
    }

    @Test
    void theSideWithTheGreaterKeySendsSecond() {
        History peer = caller().advertised(THERE);

        assertThat(peer.decides().change()).isEmpty();
        assertThat(peer.status().state()).isEqualTo(PeerState.CALLING);
        assertThat(peer.passes(139).decides().change()).isEmpty();
        assertThat(peer.passes(1).decides().change()).contains(peer.endpointOnly(THERE));
    }

    @Test
    void aPeerIsRestartedWhereWireGuardDoesNotHeedTheDatagram() {
        History peer = opener().advertised(THERE).keepalive(25);
        peer.decides();

        assertThat(peer.passes(14).decides().change()).isEmpty();
        DeviceDecision decision = peer.passes(1).decides();
        assertThat(History.parts(decision)).singleElement().satisfies(part -> {
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
                .flatExtracting(History::parts)
                .noneMatch(PeerChange::isRestart);
    }

    @Test
    void keepaliveIsLentWhereNoDatagramCanBeSent() {
        History peer = opener().advertised(THERE).unrouted();
        DeviceDecision decision = peer.decides();

        assertThat(decision.lent()).containsExactly(peer.key());
        assertThat(decision.datagrams()).isEmpty();
        assertThat(History.parts(decision)).singleElement().satisfies(part -> {
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
                .flatExtracting(History::parts)
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
        assertThat(History.parts(peer.passes(1).decides())).singleElement().matches(PeerChange::isRestart);
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
                .flatExtracting(History::parts)
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
                .flatExtracting(History::parts)
                .allMatch(part -> part.endpoint().isEmpty());
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
    void attemptsBecomeRarerAndNeverStop() {
        History peer = opener().advertised(THERE);

        assertThat(peer.decidesFor(Duration.ofSeconds(4))).hasSizeBetween(5, 7);
        assertThat(peer.status().state()).isEqualTo(PeerState.SILENT);
        peer.decidesFor(Duration.ofMinutes(2));
        assertThat(peer.decidesFor(Duration.ofMinutes(10))).hasSizeBetween(24, 35);
    }

    @Test
    void anEndpointThatMustNotBeUsedIsReportedAsUnreachable() {
        History peer = opener().refused(THERE, "this host has no route to it");

        assertThat(peer.decidesFor(Duration.ofSeconds(10))).isEmpty();
        assertThat(peer.status().state()).isEqualTo(PeerState.UNREACHABLE);
        assertThat(peer.status().reason()).contains(THERE + " is not used: this host has no route to it");
    }
}
