package io.wgsd.server.zone;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlapDampingTest {

    private final List<String> notices = new ArrayList<>();
    private final FlapDamping holdDown = new FlapDamping(notices::add);
    private long nanos;

    @Test
    void aPeerThatMovesOnAndOnIsFollowed() {
        for (int port = 1; port < 100; port++) {
            Endpoint next = Endpoint.of(IpAddress.parse("192.0.2.1"), port);

            assertThat(see(ALICE, next)).isEqualTo(next);
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void aPeerThatComesBackTwiceInAMinuteIsFollowed() {
        for (Endpoint endpoint : List.of(HOME, AWAY, HOME, AWAY)) {
            assertThat(see(ALICE, endpoint)).isEqualTo(endpoint);
        }
    }

    @Test
    void aPeerThatComesBackOnceMoreStaysWhereItWas() {
        for (Endpoint endpoint : List.of(HOME, AWAY, HOME, AWAY)) {
            see(ALICE, endpoint);
        }

        for (Endpoint endpoint : List.of(HOME, AWAY, HOME, AWAY)) {
            assertThat(see(ALICE, endpoint)).isEqualTo(AWAY);
        }
        assertThat(notices)
                .containsExactly("peer " + ALICE + " alternates between " + AWAY + " and " + HOME
                        + ", and is advertised at the first until it stays for a minute;"
                        + " see whether two hosts have the same private key");
    }

    @Test
    void aMinuteOfQuietEndsIt() {
        for (Endpoint endpoint : List.of(HOME, AWAY, HOME, AWAY, HOME)) {
            see(ALICE, endpoint);
        }
        nanos += Duration.ofSeconds(61).toNanos();

        assertThat(see(ALICE, HOME)).isEqualTo(HOME);
    }

    @Test
    void slowReturnsAreNoAlternation() {
        for (int i = 0; i < 20; i++) {
            Endpoint endpoint = i % 2 == 0 ? HOME : AWAY;

            assertThat(see(ALICE, endpoint)).isEqualTo(endpoint);
            nanos += Duration.ofSeconds(40).toNanos();
        }
    }

    @Test
    void otherPeersAreNotTouchedAndTheirAllowedIpsNeither() {
        for (Endpoint endpoint : List.of(HOME, AWAY, HOME, AWAY, HOME)) {
            see(ALICE, endpoint);
        }
        Advertisement bob = advertisement(BOB, HOME);
        Advertisement alice = Advertisement.builder(ALICE)
                .endpoint(HOME)
                .allowedIps(List.of(IpPrefix.parse("10.0.0.9/32")))
                .build();

        List<Advertisement> served = holdDown.apply(List.of(alice, bob), nanos);

        assertThat(served).contains(bob);
        assertThat(served.get(0).endpoints()).containsExactly(AWAY);
        assertThat(served.get(0).allowedIps()).isEqualTo(alice.allowedIps());
    }

    /** Reads the device a second later, and returns where the peer is advertised. */
    private Endpoint see(PublicKey key, Endpoint endpoint) {
        nanos += Duration.ofSeconds(1).toNanos();
        return holdDown.apply(List.of(advertisement(key, endpoint)), nanos)
                .get(0)
                .endpoints()
                .get(0);
    }

    private static Advertisement advertisement(PublicKey key, Endpoint endpoint) {
        return Advertisement.builder(key).endpoint(endpoint).build();
    }
}
