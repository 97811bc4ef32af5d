package io.wgsd.discovery.decide;

import static io.wgsd.discovery.decide.History.caller;
import static io.wgsd.discovery.decide.History.opener;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.PeerPath;
import io.wgsd.discovery.PeerState;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PeerChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a peer is tried by a relay, at a round trip of 80 ms to the registry. */
class RelayFallbackTest {

    private static final String THERE = "198.51.100.1:1000";
    private static final Endpoint RELAY = Endpoint.parse(History.RELAY_ENDPOINT);
    private static final long INITIATION = 148;
    private static final long RESPONSE = 92;
    private static final NatMapping EIM = NatMapping.ENDPOINT_INDEPENDENT;
    private static final NatMapping DEPENDENT = NatMapping.DEPENDENT;

    @Test
    void afterTwoDirectAttemptsTheOpenerRestartsThePeerAtTheRelay() {
        History peer = opener().advertised(THERE).relayed();
        Moment begun = peer.now();
        List<DeviceDecision> done = peer.decidesFor(Duration.ofSeconds(2));

        DeviceDecision first = firstAtRelay(done);
        assertThat(History.parts(first)).allMatch(PeerChange::isRestart);
        assertThat(when(first, peer).since(begun)).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(1_450));
    }

    @Test
    void theCallerLetsTheOpenersHandshakeByTheRelayComeFirst() {
        History opener = opener().advertised(THERE).relayed();
        History caller = caller().advertised(THERE).relayed();
        Moment begun = caller.now();

        Moment first = when(firstAtRelay(opener.decidesFor(Duration.ofSeconds(3))), opener);
        Moment second = when(firstAtRelay(caller.decidesFor(Duration.ofSeconds(3))), caller);
        assertThat(second.since(begun).minus(first.since(begun))).isGreaterThanOrEqualTo(Duration.ofMillis(320));
    }

    @Test
    void theCallerDoesNothingWhileTheOpenersHandshakeComesByTheRelay() {
        History peer = caller().advertised(THERE).relayed();
        peer.decidesFor(Duration.ofSeconds(1));
        peer.endpoint(History.RELAY_ENDPOINT).receives(INITIATION).sends(RESPONSE);

        assertThat(peer.decidesFor(Duration.ofMillis(225))).isEmpty();
        peer.shakesHands().receives(32).decides();
        assertThat(peer.status().state()).isEqualTo(PeerState.RELAYED);
    }

    @Test
    void relayAndDirectEndpointTakeTurns() {
        History peer = opener().advertised(THERE).relayed();
        List<Endpoint> written = endpoints(peer.decidesFor(Duration.ofSeconds(12)));

        assertThat(written).startsWith(Endpoint.parse(THERE), RELAY, Endpoint.parse(THERE), RELAY);
    }

    @Test
    void aPeerThatNoCommonRelayHearsIsTriedDirectlyOnly() {
        History peer = opener().advertised(THERE).relayed().relayGone();

        assertThat(endpoints(peer.decidesFor(Duration.ofSeconds(30)))).containsOnly(Endpoint.parse(THERE));
    }

    @Test
    void twoDependentNatsAreNotPunched() {
        History peer = opener().advertised(THERE).relayed(DEPENDENT, NatMapping.ADDRESS_AND_PORT_DEPENDENT);
        Moment begun = peer.now();
        List<DeviceDecision> done = peer.decidesFor(Duration.ofSeconds(20));

        assertThat(endpoints(done)).containsOnly(RELAY);
        assertThat(when(done.get(0), peer)).isEqualTo(begun);
    }

    @Test
    void aHostWithADependentNatCallsOneThatIsReachable() {
        History dependent = opener().advertised(THERE).relayed(DEPENDENT, EIM);
        History reachable = caller().advertised(THERE).relayed(EIM, DEPENDENT);
        dependent.decides();
        reachable.decides();

        assertThat(dependent.status().state()).isEqualTo(PeerState.CALLING);
        assertThat(reachable.status().state()).isEqualTo(PeerState.OPENING);
    }

    @Test
    void aPeerWithoutAnAdvertisedEndpointIsTriedByTheRelay() {
        History peer = opener().relayed();

        assertThat(endpoints(peer.decidesFor(Duration.ofSeconds(1)))).containsOnly(RELAY);
    }

    @Test
    void aSessionByTheRelayIsReportedWithItsPathAndLeftAlone() {
        History peer = opener().advertised(THERE).relayed();
        peer.decidesFor(Duration.ofSeconds(2));
        peer.endpoint(History.RELAY_ENDPOINT)
                .shakesHands()
                .receives(RESPONSE)
                .answering()
                .decides();

        assertThat(peer.status().state()).isEqualTo(PeerState.RELAYED);
        assertThat(peer.status().path()).contains(PeerPath.byRelay(History.RELAY));
        assertThat(peer.status().reason()).contains("no handshake with " + THERE + " was completed");
        assertThat(peer.decidesFor(Duration.ofMinutes(2)))
                .allMatch(decision -> History.parts(decision).isEmpty());
    }

    @Test
    void theReasonNamesBothNatsWhereBothAreDependent() {
        History peer = opener().advertised(THERE).relayed(DEPENDENT, DEPENDENT);
        peer.endpoint(History.RELAY_ENDPOINT).shakesHands().decides();

        assertThat(peer.status().reason())
                .contains("both NATs give other destinations another port, so neither lets the other in");
    }

    @Test
    void whereTheDirectPathIsCutAPeerThatAnswersProbesIsByTheRelayInLessThanFourSeconds() {
        History peer = answering();
        Moment cut = peer.now();
        peer.silent();
        DeviceDecision restarted = null;
        while (restarted == null) {
            // A ping each 25 ms, which nobody answers.
            peer.sends(128);
            restarted = peer.decidesFor(Duration.ofMillis(25)).stream()
                    .filter(DeviceDecision::restarts)
                    .findFirst()
                    .orElse(null);
            assertThat(peer.now().since(cut)).isLessThan(Duration.ofSeconds(4));
        }
        assertThat(endpoints(List.of(restarted))).containsExactly(RELAY);
    }

    @Test
    void theRelayIsOnlyTriedBeforeThePeerIsRestartedThere() {
        History peer = answering();
        peer.silent();
        List<DeviceDecision> done = pinging(peer, Duration.ofSeconds(4));

        List<PeerChange> parts =
                done.stream().flatMap(each -> History.parts(each).stream()).toList();
        assertThat(parts).hasSizeGreaterThanOrEqualTo(3);
        assertThat(parts.get(0).isRestart()).isFalse();
        assertThat(parts.get(0).endpoint()).contains(RELAY);
        assertThat(parts.get(1).isRestart()).isFalse();
        assertThat(parts.get(1).endpoint()).contains(Endpoint.parse(THERE));
        assertThat(parts.get(2).isRestart()).isTrue();
    }

    @Test
    void aPeerThatAnswersProbesKeepsItsSessionThoughItSendsNothingElse() {
        History peer = answering();

        assertThat(pinging(peer, Duration.ofMinutes(1)))
                .allMatch(decision -> History.parts(decision).isEmpty());
        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
    }

    @Test
    void anIdleSessionIsNotProbedBecauseOfTheRelay() {
        History peer = answering();
        peer.silent();

        assertThat(peer.decidesFor(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void itStaysKnownForHoursThatAQuietPeerAnswers() {
        History peer = answering();

        int datagrams = 0;
        for (int i = 0; i < 30; i++) {
            datagrams += peer.shakesHands().datagramsIn(Duration.ofMinutes(2)).size();
        }
        assertThat(datagrams).isBetween(6, 9);
        peer.silent();
        pinging(peer, Duration.ofMillis(3_500));
        assertThat(peer.status().state()).isNotEqualTo(PeerState.DIRECT);
    }

    @Test
    void aPeerThatMayNotBeRestartedStaysAtTheRelayUntilWireGuardsOwnInitiation() {
        History peer = opener().advertised(THERE).relayed().withoutRestarts();
        Moment begun = peer.now();
        List<DeviceDecision> done = peer.decidesFor(Duration.ofSeconds(7));

        Moment at = when(firstAtRelay(done), peer);
        assertThat(at.since(begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(done.stream().filter(each -> when(each, peer).isAfter(at))).isEmpty();
    }

    @Test
    void theReasonNamesTheRelayWhereThatWasTriedToo() {
        History peer = opener().advertised(THERE).relayed();
        peer.decidesFor(Duration.ofSeconds(30));

        assertThat(peer.status().reason())
                .hasValueSatisfying(why -> assertThat(why).contains("went to " + THERE + " and the relay"));
    }

    @Test
    void theReasonNamesBothNatsWhereTheRelayIsOfNoUse() {
        History peer = opener().advertised(THERE).relayed(DEPENDENT, DEPENDENT);
        peer.decidesFor(Duration.ofSeconds(30));

        assertThat(peer.status().reason())
                .hasValueSatisfying(why ->
                        assertThat(why).contains("went to the relay").contains("only a relay could connect them"));
    }

    /** A direct session with a peer that has answered a probe. */
    private static History answering() {
        History peer = opener().endpoint(THERE)
                .keepalive(25)
                .advertised("198.51.100.1:2000")
                .relayed()
                .answering();
        peer.shakesHands().decidesFor(Duration.ofSeconds(1));
        peer.advertised(THERE).decidesFor(Duration.ofSeconds(11));
        return peer;
    }

    private static List<DeviceDecision> pinging(History peer, Duration time) {
        Moment end = peer.now().plus(time);
        List<DeviceDecision> done = new ArrayList<>();
        while (!end.hasCome(peer.now())) {
            peer.sends(128);
            done.addAll(peer.decidesFor(Duration.ofMillis(25)));
        }
        return done;
    }

    private static DeviceDecision firstAtRelay(List<DeviceDecision> done) {
        return done.stream()
                .filter(each -> endpoints(List.of(each)).contains(RELAY))
                .findFirst()
                .orElseThrow();
    }

    private static Moment when(DeviceDecision decision, History peer) {
        Attempts series = decision.state().peers().get(peer.key()).attempts();
        return Optional.ofNullable(series).map(Attempts::last).orElseThrow();
    }

    private static List<Endpoint> endpoints(List<DeviceDecision> done) {
        return done.stream()
                .flatMap(each -> History.parts(each).stream())
                .flatMap(part -> part.endpoint().stream())
                .toList();
    }
}
