package io.wgsd.discovery.decide;

import static io.wgsd.dnssd.NatMapping.DEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.PeerPath;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.move.MoveOrder;
import io.wgsd.discovery.decide.move.MoveReport;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PeerChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a session is moved whose peer has registered better places, and what is tried where there is no session. */
class PeerMovesTest {

    private static final String PUBLIC = "203.0.113.1:40124";
    private static final String NEIGHBOUR = "192.168.1.8:51820";
    private static final String IPV6 = "[2001:db8::8]:51820";

    @Test
    void withoutASessionANeighbourIsTriedTwiceBeforeTheAdvertisedEndpoint() {
        History peer = History.opener().advertised(PUBLIC).neighbour(NEIGHBOUR);

        List<PeerChange> written = peer.decidesFor(Duration.ofSeconds(30)).stream()
                .flatMap(decision -> History.parts(decision).stream())
                .toList();
        assertThat(written.stream().flatMap(part -> part.endpoint().stream()))
                .startsWith(Endpoint.parse(NEIGHBOUR), Endpoint.parse(PUBLIC))
                .containsOnlyOnce(Endpoint.parse(NEIGHBOUR));
    }

    @Test
    void behindTheSameNatAttemptsWaitHalfASecondForWhatThePeerHasRegistered() {
        History peer = History.opener().advertised(PUBLIC).awaited();

        assertThat(peer.decides().change()).isEmpty();
        assertThat(peer.passes(499).decides().change()).isEmpty();
        assertThat(peer.passes(1).decides().change()).contains(peer.endpointOnly(PUBLIC));
    }

    @Test
    void behindTheSameNatAttemptsBeginOnceItIsKnown() {
        History peer = History.opener().advertised(PUBLIC).awaited();
        peer.decides();

        assertThat(peer.passes(80).neighbour(NEIGHBOUR).decides().change()).contains(peer.endpointOnly(NEIGHBOUR));
    }

    @Test
    void behindAnotherNatAttemptsDoNotWait() {
        History peer = History.opener().advertised("198.51.100.1:51820").awaited();

        assertThat(peer.decides().change()).contains(peer.endpointOnly("198.51.100.1:51820"));
    }

    @Test
    void aRelayedSessionIsMovedIntoTheNetworkThatBothAreInAtOnce() {
        History peer = relayed(History.caller()).neighbour(NEIGHBOUR);

        assertThat(orderIn(peer, Duration.ofMillis(500))).map(MoveOrder::direct).contains(Endpoint.parse(NEIGHBOUR));
    }

    @Test
    void theSideThatOpensFirewallsMovesItWhereTheOtherHasNot() {
        History peer = relayed(History.opener()).neighbour(NEIGHBOUR);
        List<MoveOrder.Part> parts = new ArrayList<>();
        for (int second = 0; second < 9; second++) {
            orderIn(peer, Duration.ZERO).ifPresent(order -> {
                parts.add(order.part());
                peer.reports(MoveReport.Outcome.OPENED);
            });
            peer.passes(1000);
        }

        assertThat(parts)
                .containsExactly(MoveOrder.Part.OPEN, MoveOrder.Part.OPEN, MoveOrder.Part.MOVE, MoveOrder.Part.MOVE);
    }

    @Test
    void evenWhereNeitherNatLetsTheOtherIn() {
        History peer = connected(History.caller().relayed(DEPENDENT, DEPENDENT), History.RELAY_ENDPOINT)
                .neighbour(NEIGHBOUR);

        assertThat(orderIn(peer, Duration.ofMillis(500))).map(MoveOrder::direct).contains(Endpoint.parse(NEIGHBOUR));
    }

    @Test
    void whereNeitherNatLetsTheOtherInAnotherFamilyIsTried() {
        History peer = connected(History.caller().relayed(DEPENDENT, DEPENDENT), History.RELAY_ENDPOINT)
                .alsoAt(IPV6);

        assertThat(orderIn(peer, Duration.ofSeconds(3))).map(MoveOrder::direct).contains(Endpoint.parse(IPV6));
    }

    @Test
    void aDetourByTheNatThatBothAreBehindIsLeftForTheNetworkAndNothingIsWritten() {
        History peer = connected(History.caller(), PUBLIC).neighbour(NEIGHBOUR);

        assertThat(orderIn(peer, Duration.ofMillis(500)))
                .hasValueSatisfying(order -> assertThat(List.of(order.direct(), order.relay()))
                        .containsExactly(Endpoint.parse(NEIGHBOUR), Endpoint.parse(PUBLIC)));
        assertThat(peer.status().state()).isEqualTo(PeerState.DIRECT);
        assertThat(peer.status().path()).contains(PeerPath.direct());
    }

    @Test
    void aSessionWithAPeerAtAnotherSiteStaysWhereItIs() {
        History peer = connected(History.caller(), "198.51.100.1:51820").alsoAt(IPV6);

        assertThat(orderIn(peer, Duration.ofMinutes(2))).isEmpty();
    }

    @Test
    void aSessionInTheNetworkIsReportedAsSuch() {
        History peer = connected(History.caller(), NEIGHBOUR).neighbour(NEIGHBOUR);

        assertThat(orderIn(peer, Duration.ofMinutes(1))).isEmpty();
        assertThat(peer.status().path()).contains(PeerPath.local());
    }

    private static History relayed(History peer) {
        return connected(peer.relayed(), History.RELAY_ENDPOINT);
    }

    private static History connected(History peer, String endpoint) {
        peer.advertised(PUBLIC).endpoint(endpoint).shakesHands().receives(92).decides();
        return peer;
    }

    /** Returns the first order; the session stays as it is meanwhile. */
    private static Optional<MoveOrder> orderIn(History peer, Duration time) {
        for (long millis = 0; millis <= time.toMillis(); millis += 25) {
            DeviceDecision decision = peer.decides();
            assertThat(decision.change()).isEmpty();
            if (decision.state().move().isPresent()) {
                return decision.state().move();
            }
            peer.passes(25);
        }
        return Optional.empty();
    }
}
