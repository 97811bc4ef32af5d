package io.wgsd.server.zone;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.OPTIONS;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.Zone;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.server.Samples;
import io.wgsd.server.VisibilityPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What relays hear, as it comes into the zone through the keeper. */
class HeardPeersTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<IpAddress> HERE = List.of(IpAddress.parse("10.0.0.254"));
    private static final RelayAdvertisement RELAY = relay(7, "192.0.2.9:443");
    private static final Device BOTH = device(peer(ALICE, HOME), peer(BOB, AWAY));

    private Instant now = START;
    private Map<RelayAdvertisement, Set<PublicKey>> heard = Map.of();
    private final ZoneSettings settings =
            new ZoneSettings(OPTIONS, Advertiser.ofAllPeers(), new ZoneSigning(Optional.empty()), () -> heard);
    private final ZoneKeeper keeper = new ZoneKeeper(
            settings,
            OptionalLong.empty(),
            () -> now,
            () -> Duration.between(START, now).toNanos(),
            line -> {});

    @Test
    void aPeerThatARelayHearsIsServedWithItAtOnceThoughTheDeviceIsAsBefore() {
        update();
        heard = Map.of(RELAY, Set.of(ALICE));

        ZoneVersion next = update().orElseThrow();

        assertThat(next.zone().options().relays()).containsExactly(RELAY);
        assertThat(relaysOf(next.zone(), ALICE)).containsExactly(RELAY.publicKey());
        assertThat(relaysOf(next.zone(), BOB)).isEmpty();
        assertThat(next.options().relays()).containsExactly(RELAY);
    }

    @Test
    void itIsServedWithoutOnceTheRelayHearsItNoMore() {
        heard = Map.of(RELAY, Set.of(ALICE));
        update();
        heard = Map.of(RELAY, Set.of());

        Zone next = update().orElseThrow().zone();

        assertThat(relaysOf(next, ALICE)).isEmpty();
        assertThat(next.options().relays()).containsExactly(RELAY);
    }

    @Test
    void theSameInAnotherMapIsNoNews() {
        heard = new HashMap<>(Map.of(RELAY, Set.of(ALICE)));
        update();
        heard = new HashMap<>(Map.of(RELAY, Set.of(ALICE)));

        now = now.plusSeconds(5);
        assertThat(update()).isEmpty();
    }

    @Test
    void manyChangesCostFewSerials() {
        update();
        int numbered = 0;
        for (int i = 0; i < 100; i++) {
            now = now.plusMillis(20);
            heard = Map.of(RELAY, i % 2 == 0 ? Set.of(ALICE) : Set.of());
            numbered += update().filter(ZoneVersion::numbered).isPresent() ? 1 : 0;
        }

        assertThat(numbered).isLessThanOrEqualTo(6);
    }

    @Test
    void aPeerAtTheRelaysOwnEndpointIsNotServed() {
        heard = Map.of(relay(7, HOME.toString()), Set.of(ALICE, BOB));

        Zone zone = update().orElseThrow().zone();

        assertThat(zone.peers()).extracting(peer -> peer.publicKey()).containsExactly(BOB);
    }

    @Test
    void anEndpointIsCarriedOnWithItsTimeWhenRelaysChange() {
        Instant since = update().orElseThrow().zone().peers().get(0).since().orElseThrow();
        now = now.plusSeconds(60);
        heard = Map.of(RELAY, Set.of(ALICE, BOB));

        assertThat(update().orElseThrow().zone().peers().get(0).since()).contains(since);
    }

    @Test
    void eachViewHasTheRelays() {
        ViewKeeper views = new ViewKeeper(
                Samples.rules(VisibilityPolicy.builder().group(Set.of(ALICE)).build()),
                true,
                new ZoneSigning(Optional.empty()),
                () -> now);
        views.views(update().orElseThrow(), Optional.empty(), true);
        heard = Map.of(RELAY, Set.of(BOB));

        Zone seen = views.views(update().orElseThrow(), Optional.empty(), true)
                .peers()
                .get(ALICE)
                .zone();

        assertThat(seen.find(NAMES.relay(RELAY.publicKey()))).isPresent();
        assertThat(seen.peers()).extracting(peer -> peer.publicKey()).containsExactly(ALICE);
    }

    @Test
    void ofTooManyRelaysTheFirstAreAnnounced() {
        Map<RelayAdvertisement, Set<PublicKey>> many = new HashMap<>();
        IntStream.range(0, 100).forEach(i -> many.put(relay(i, "192.0.2.9:" + (i + 1)), Set.of(ALICE)));
        heard = many;

        Zone zone = update().orElseThrow().zone();

        assertThat(zone.options().relays()).hasSize(64);
        assertThat(relaysOf(zone, ALICE)).hasSize(4);
    }

    private Optional<ZoneVersion> update() {
        return keeper.update(BOTH, false, HERE);
    }

    private static List<PublicKey> relaysOf(Zone zone, PublicKey peer) {
        return zone.peers().stream()
                .filter(each -> each.publicKey().equals(peer))
                .findFirst()
                .orElseThrow()
                .relays();
    }

    private static RelayAdvertisement relay(int number, String endpoint) {
        byte[] key = new byte[PublicKey.LENGTH];
        key[0] = (byte) number;
        return new RelayAdvertisement(PublicKey.of(key), List.of(Endpoint.parse(endpoint)));
    }
}
