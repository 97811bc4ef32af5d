package io.wgsd.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.follow.ZoneServer;
import io.wgsd.command.log.Log;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.model.UnusableAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Record;

/** What a registry makes of a relay's zone, and of a relay that is silent. */
class RemoteRelayTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey RELAY_KEY = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    private static final RelayAdvertisement RELAY =
            new RelayAdvertisement(RELAY_KEY, List.of(Endpoint.parse("192.0.2.9:443")));

    private final List<String> reported = new ArrayList<>();
    private long nanos;
    private final RemoteRelay relay = new RemoteRelay(
            NAMES,
            new ZoneServer(
                    NAMES.origin(),
                    "192.0.2.9:53",
                    () -> InetSocketAddress.createUnresolved("none", 53),
                    Optional.empty(),
                    ""),
            address -> UnusableAddress.reason(address).isEmpty(),
            new Log((level, line) -> reported.add(level + " " + line)),
            () -> nanos);

    @Test
    void theZoneOfARelaySaysWhatItIsAndWhomItHears() {
        relay.changed(zone(List.of(RELAY)));

        assertThat(relay.heard()).isEqualTo(Map.of(RELAY, Set.of(ALICE)));
        assertThat(relay.heard()).isSameAs(relay.heard());
        assertThat(reported).isEmpty();
    }

    @Test
    void aZoneWithoutARelayIsReported() {
        relay.changed(zone(List.of()));

        assertThat(relay.heard()).isEmpty();
        assertThat(reported).singleElement().asString().contains("192.0.2.9:53", "--dns-listen");
    }

    @Test
    void endpointsToWhichNoOtherHostCanSendAreNotAnnounced() {
        relay.changed(zone(List.of(at("192.0.2.9:443", "127.0.0.1:443", "[fe80::1]:443"))));
        assertThat(relay.heard()).isEqualTo(Map.of(RELAY, Set.of(ALICE)));
        assertThat(reported).isEmpty();

        relay.changed(zone(List.of(at("127.0.0.1:443"))));
        relay.changed(zone(List.of(at("127.0.0.1:443"))));
        assertThat(relay.heard()).isEmpty();
        assertThat(reported).singleElement().asString().contains("192.0.2.9:53", "[127.0.0.1:443]", "give it");
    }

    private static RelayAdvertisement at(String... endpoints) {
        return new RelayAdvertisement(
                RELAY_KEY, Stream.of(endpoints).map(Endpoint::parse).toList());
    }

    @Test
    void aRelayThatIsSilentForLongIsAnnouncedStillButHearsNobody() {
        relay.changed(zone(List.of(RELAY)));
        relay.reached();
        relay.failed("no response");
        assertThat(relay.heard()).isEqualTo(Map.of(RELAY, Set.of(ALICE)));

        nanos += RemoteRelay.SILENCE_LIMIT.plus(Duration.ofNanos(1)).toNanos();
        assertThat(relay.heard()).isEqualTo(Map.of(RELAY, Set.of()));

        relay.reached();
        assertThat(relay.heard()).isEqualTo(Map.of(RELAY, Set.of(ALICE)));
        assertThat(reported).as("of one source a line a minute").containsExactly("WARN relay: no response");
    }

    private Set<Record> zone(List<RelayAdvertisement> relays) {
        Advertisement alice = Advertisement.builder(ALICE)
                .endpoint(Endpoint.parse("203.0.113.1:1000"))
                .build();
        ZoneOptions options = ZoneOptions.builder(NAMES).build();
        return Zone.of(relays.isEmpty() ? options : options.withRelays(relays), List.of(alice), 1)
                .records()
                .filter(relay::tells)
                .collect(Collectors.toSet());
    }
}
