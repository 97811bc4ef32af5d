package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.ALICE;
import static io.wgsd.dnssd.Samples.BOB;
import static io.wgsd.dnssd.Samples.NOON;
import static io.wgsd.dnssd.Samples.device;
import static io.wgsd.dnssd.Samples.prefixes;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertiserTest {

    private static final Instant LATER = NOON.plusSeconds(10);
    private final Advertiser advertiser = Advertiser.ofAllPeers();

    @Test
    void aPeerWithAnEndpointIsAdvertisedSinceItWasFirstSeenThere() {
        List<Advertisement> first = advertiser.advertise(device(alice("192.0.2.1:1")), List.of(), NOON);
        List<Advertisement> second = advertiser.advertise(device(alice("192.0.2.1:1")), first, LATER);

        assertThat(second).singleElement().satisfies(advertisement -> {
            assertThat(advertisement.publicKey()).isEqualTo(ALICE);
            assertThat(advertisement.endpoints()).containsExactly(Endpoint.parse("192.0.2.1:1"));
            assertThat(advertisement.since()).contains(NOON);
        });
    }

    @Test
    void anotherEndpointIsNewKnowledge() {
        List<Advertisement> first = advertiser.advertise(device(alice("192.0.2.1:1")), List.of(), NOON);
        List<Advertisement> second = advertiser.advertise(device(alice("192.0.2.1:2")), first, LATER);

        assertThat(second.get(0).since()).contains(LATER);
    }

    @Test
    void otherAllowedIpsAreNotNewKnowledgeOfTheEndpoint() {
        Peer more = Peer.builder(ALICE)
                .endpoint(Endpoint.parse("192.0.2.1:1"))
                .allowedIps(prefixes("10.0.0.7/32"))
                .build();
        List<Advertisement> first = advertiser.advertise(device(alice("192.0.2.1:1")), List.of(), NOON);
        List<Advertisement> second = advertiser.advertise(device(more), first, LATER);

        assertThat(second.get(0).since()).contains(NOON);
        assertThat(second.get(0).allowedIps()).isEqualTo(prefixes("10.0.0.7/32"));
    }

    @Test
    void aPeerWithoutAnEndpointIsNot() {
        assertThat(advertiser.advertise(device(Peer.builder(ALICE).build()), List.of(), NOON))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.3.4:1",
                "[fe80::1]:1",
                "[fe80::1%eth0]:1",
                "127.0.0.1:1",
                "[::1]:1",
                "0.1.2.3:1",
                "224.0.0.1:1",
                "240.0.0.1:1",
                "255.255.255.255:1",
                "[ff02::1]:1",
                "[::ffff:127.0.0.1]:1",
                "[::203.0.113.1]:1",
                "[64:ff9b::127.0.0.1]:1",
                "[2002:7f00:1::]:1"
            })
    void anEndpointThatNoOtherHostCouldUseIsNot(String endpoint) {
        assertThat(advertiser.advertise(device(alice(endpoint)), List.of(), NOON))
                .isEmpty();
    }

    @Test
    void aMaximumAgeWithdrawsOlderHandshakesAndThoseThatNeverWere() {
        Advertiser fresh = advertiser.withMaxAge(Duration.ofMinutes(3));
        Peer old = alice("192.0.2.1:1").withStatistics(PeerStatistics.of(NOON.minusSeconds(181), 1, 1));
        Peer young = alice("192.0.2.1:1").withStatistics(PeerStatistics.of(NOON.minusSeconds(180), 1, 1));

        assertThat(fresh.advertise(device(old), List.of(), NOON)).isEmpty();
        assertThat(fresh.advertise(device(alice("192.0.2.1:1")), List.of(), NOON))
                .isEmpty();
        assertThat(fresh.advertise(device(young), List.of(), NOON)).hasSize(1);
        assertThat(fresh.maxAge()).contains(Duration.ofMinutes(3));
        assertThat(advertiser.maxAge()).isEmpty();
    }

    @Test
    void givenAgesOfHandshakesAreBelievedRegardlessOfTheWallClock() {
        Advertiser fresh = advertiser.withMaxAge(Duration.ofMinutes(3));
        Peer peer = alice("192.0.2.1:1").withStatistics(PeerStatistics.of(NOON, 1, 1));
        Instant muchLater = NOON.plus(Duration.ofDays(1));

        assertThat(fresh.advertise(device(peer), List.of(), muchLater, each -> Optional.of(Duration.ofSeconds(180))))
                .hasSize(1);
        assertThat(fresh.advertise(device(peer), List.of(), NOON, each -> Optional.of(Duration.ofSeconds(181))))
                .isEmpty();
    }

    @Test
    void theDeviceItselfComesFirstWithTheAddressThatItIsGiven() {
        SelfOptions self =
                new SelfOptions(IpAddress.parse("203.0.113.9"), OptionalInt.empty(), prefixes("10.0.0.254/32"));

        List<Advertisement> advertised =
                advertiser.withSelf(self).advertise(device(alice("192.0.2.1:1")), List.of(), NOON);

        assertThat(advertised).extracting(Advertisement::publicKey).containsExactly(BOB, ALICE);
        assertThat(advertised.get(0).endpoints()).containsExactly(Endpoint.parse("203.0.113.9:51820"));
        assertThat(advertised.get(0).allowedIps()).isEqualTo(prefixes("10.0.0.254/32"));
    }

    @Test
    void aDeviceWithoutAKeyIsNotAdvertised() {
        SelfOptions self = new SelfOptions(IpAddress.parse("203.0.113.9"), OptionalInt.of(1), List.of());
        Device keyless = Device.builder("wg0", DeviceKind.KERNEL).build();

        assertThat(advertiser.withSelf(self).advertise(keyless, List.of(), NOON))
                .isEmpty();
    }

    private static Peer alice(String endpoint) {
        return Peer.builder(ALICE).endpoint(Endpoint.parse(endpoint)).build();
    }
}
