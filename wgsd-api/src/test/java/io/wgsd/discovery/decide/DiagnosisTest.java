package io.wgsd.discovery.decide;

import static io.wgsd.discovery.decide.History.opener;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.PeerState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a peer is explained that does not answer: by what was seen and all causes that fit. */
class DiagnosisTest {

    private static final String THERE = "198.51.100.1:1000";
    private static final String OTHER_PORT = "198.51.100.1:2000";
    private static final String OTHER_HOST = "198.51.100.99:1000";
    private static final String NO_AGENT = "no agent runs there, or it does not have this host's key";
    private static final String AWAY = "the peer is away";
    private static final String FILTERED = "a NAT or firewall on the way lets nothing in";
    private static final String KEYS = "both sides' packets arrive and the preshared keys differ";
    private static final String DEAF = "this host's packets do not arrive there";
    private static final long INITIATION = 148;

    @Test
    void whereNothingComesBackTheMostCommonCauseIsThatNobodyLooksForThisHost() {
        History peer = opener().advertised(THERE);
        peer.decidesFor(Duration.ofSeconds(30));

        assertThat(peer.status().state()).isEqualTo(PeerState.UNREACHABLE);
        assertThat(reason(peer))
                .contains("handshake messages went to " + THERE, "nothing came back")
                .containsSubsequence(NO_AGENT, AWAY, FILTERED, "port 51820 as 40123")
                .doesNotContain("symmetric", "hairpin", "IPv6");
    }

    @Test
    void aClockThatWasSetBackComesFirst() {
        History peer = opener().advertised(THERE);
        peer.decides();
        peer.setsClock(Duration.ofSeconds(-300)).decidesFor(Duration.ofSeconds(30));

        assertThat(reason(peer))
                .containsSubsequence(
                        "this host's clock was set back", "s more, until the clock has passed the old time", NO_AGENT);
    }

    @Test
    void aClockThatHasPassedTheOldTimeAgainIsNoCause() {
        History peer = opener().advertised(THERE);
        peer.decides();
        peer.setsClock(Duration.ofSeconds(-20)).decidesFor(Duration.ofSeconds(30));

        assertThat(reason(peer)).doesNotContain("clock");
    }

    @Test
    void thatNoRouteIsKnownIsAHintAndNoRefusal() {
        History peer = opener().doubted(THERE, "an application on this host has no route to it");
        peer.decidesFor(Duration.ofSeconds(30));

        assertThat(reason(peer))
                .contains(
                        "nothing came back", "perhaps no packet gets there: an application on this host has no route");
    }

    @Test
    void initiationsFromExactlyWhereItIsAdvertisedMeanThatKeysAreToBeCompared() {
        History peer = opener().advertised(THERE);
        hears(peer, THERE);

        assertThat(reason(peer))
                .contains("initiations come from " + THERE)
                .containsSubsequence(KEYS, DEAF)
                .doesNotContain("symmetric", NO_AGENT, AWAY);
    }

    @Test
    void twoPortsOfOneAddressAreASymmetricNat() {
        History peer = opener().advertised(THERE);
        hears(peer, OTHER_PORT);

        assertThat(reason(peer))
                .contains("initiations come from " + OTHER_PORT)
                .containsSubsequence("advertised at " + THERE, "symmetric", DEAF, KEYS);
    }

    @Test
    void anotherAddressThanAdvertisedIsNoSymmetricNat() {
        History peer = opener().advertised(THERE);
        hears(peer, OTHER_HOST);

        assertThat(reason(peer))
                .contains("advertised at " + THERE + ", which is old")
                .doesNotContain("symmetric");
    }

    @Test
    void aPeerAtThisHostsOwnAddressMayBeBehindTheSameNat() {
        History peer = opener().advertised(THERE).seenAt("198.51.100.1:40123");
        peer.decidesFor(Duration.ofSeconds(30));

        assertThat(reason(peer))
                .containsSubsequence("sees both hosts at 198.51.100.1", "hairpin", NO_AGENT)
                .doesNotContain("symmetric");
    }

    @Test
    void aFamilyThatTheOtherSideMayLackIsNamed() {
        History peer = opener().advertised(THERE).seenAt("[2001:db8::7]:51820");
        peer.decidesFor(Duration.ofSeconds(30));

        assertThat(reason(peer))
                .containsSubsequence("sees this host by IPv6 and the peer by IPv4", NO_AGENT)
                .doesNotContain("symmetric", "port 51820 as");
    }

    @Test
    void packetsThatWireGuardDidNotSendAreNotCounted() {
        History peer = opener().advertised(THERE).withoutRestarts();
        for (int i = 0; i < 1200; i++) {
            peer.decides();
            peer.passes(25);
        }

        assertThat(reason(peer))
                .contains("WireGuard has sent nothing to " + THERE, "no route", "firewall here")
                .doesNotContain("symmetric", NO_AGENT, "attempts", "messages went");
    }

    @Test
    void aSilentPeerIsExplainedByFactsAlone() {
        History peer = opener().advertised(THERE);
        peer.decidesFor(Duration.ofSeconds(4));

        assertThat(peer.status().state()).isEqualTo(PeerState.SILENT);
        assertThat(reason(peer))
                .contains("handshake messages went to", "nothing came back")
                .doesNotContain("cause");
    }

    @Test
    void aPeerThatIsNotListedAnyMoreDoesNotWaitForAnEndpointAtTheOneThatItHas() {
        History peer = opener().advertised(THERE);
        peer.decides();
        peer.advertised().passes(25).decides();

        assertThat(peer.status().state()).isEqualTo(PeerState.WAITING);
        assertThat(peer.status().toString()).contains("waiting for an endpoint, and has " + THERE);
    }

    private static void hears(History peer, String from) {
        peer.decides();
        for (int i = 0; i < 12; i++) {
            peer.receives(INITIATION).endpoint(from).decidesFor(Duration.ofSeconds(3));
        }
    }

    private static String reason(History peer) {
        return peer.status().reason().orElseThrow();
    }
}
