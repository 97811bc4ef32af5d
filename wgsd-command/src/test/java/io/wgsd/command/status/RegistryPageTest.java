package io.wgsd.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.output.RegistryView;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.members.PeerNames;
import io.wgsd.micrometer.families.PublisherReading;
import io.wgsd.micrometer.families.RegistryReading;
import io.wgsd.micrometer.families.RelayReading;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.publish.PublisherHealth;
import io.wgsd.publish.PublisherStats;
import io.wgsd.relay.RelayHealth;
import io.wgsd.relay.RelayStats;
import io.wgsd.server.RegistryHealth;
import io.wgsd.server.RegistryStats;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegistryPageTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    private static final Function<String, Optional<Device>> AWAY = device -> Optional.empty();
    private static final Zone ZONE = Zone.of(
            ZoneOptions.builder(DnsSdNames.parse("wg.example.com")).build(),
            List.of(Advertisement.builder(ALICE)
                    .endpoint(Endpoint.parse("203.0.113.1:51820"))
                    .since(NOW.minusSeconds(300))
                    .build()),
            7);
    private static final Device DEVICE = Device.builder("wg0", DeviceKind.KERNEL)
            .peer(Peer.builder(ALICE)
                    .statistics(PeerStatistics.of(NOW.minusSeconds(12), 1000, 2000))
                    .build())
            .peer(Peer.builder(BOB).build())
            .build();
    private static final RegistryStats STATS = RegistryStats.builder()
            .queries(10)
            .answered(6)
            .refused(4)
            .polls(100)
            .snapshotAge(Duration.ofMillis(300))
            .build();
    private static final RegistryHealth HEALTH = RegistryHealth.builder()
            .listening(List.of(new InetSocketAddress("10.0.0.254", 53)))
            .build();

    @Test
    void aRegistryShowsItsZoneAndWhatItWasAsked() {
        assertThat(RegistryPage.answer(StatusQuery.ofText(80, false), List.of(view(HEALTH)), AWAY, NOW))
                .isEqualTo(new StatusAnswer(true, """
                        wg.example.com: registry of wg0 at 10.0.0.254:53
                          zone        serial 7, 1 peers, read 0 s ago
                          queries     10: 6 answered, 4 refused
                          transfers   0 whole, 0 of changes
                          readings    100, 0 failed

                          PEER   KEY         SINCE  SHAKEN  RX/TX  ENDPOINT
                          alice  xScVkH3f..  5 min  never   -      203.0.113.1:51820
                        """));
    }

    @Test
    void whatIsWrongIsSaidFirst() {
        RegistryHealth stale = RegistryHealth.builder().staleSince(NOW).build();

        StatusAnswer answer = RegistryPage.answer(StatusQuery.ofText(80, false), List.of(view(stale)), AWAY, NOW);

        assertThat(answer.isWell()).isFalse();
        assertThat(answer.body())
                .contains("\nPROBLEM zone wg.example.com of device wg0: what is served is stale since\n");
    }

    @Test
    void aZoneThatIsNotPublishedIsAProblem() {
        RegistryView view = new RegistryView(
                "wg.example.com",
                "wg0",
                new RegistryReading(STATS, HEALTH, Optional.of(ZONE)),
                Optional.of(new PublisherReading(
                        PublisherStats.builder().build(),
                        PublisherHealth.builder().build())),
                Optional.of(new RelayReading(
                        RelayStats.builder().members(3).attached(2).build(),
                        RelayHealth.builder().build())));

        StatusAnswer answer = RegistryPage.answer(StatusQuery.ofText(120, false), List.of(view), AWAY, NOW);

        assertThat(answer.isWell()).isFalse();
        assertThat(answer.body())
                .contains("not published: no attempt has ended yet")
                .contains(
                        "  relay       2 of 3 members attached, 0 routes, 0 packets forwarded (0), 0 over the limit\n");
    }

    @Test
    void programsGetOneObjectForEachRegistry() {
        assertThat(RegistryPage.answer(StatusQuery.ofJson(), List.of(view(HEALTH), view(HEALTH)), AWAY, NOW)
                        .body())
                .startsWith("{\"kind\":\"registry\",\"zone\":\"wg.example.com\",\"device\":\"wg0\",\"well\":true,"
                        + "\"problems\":[],\"listening\":[\"10.0.0.254:53\"],\"serial\":7,\"peers\":1,")
                .contains("},{\"kind\":\"registry\"");
    }

    @Test
    void eachPeerHasARowAlsoOneThatIsNotListed() {
        String text = RegistryPage.answer(
                        StatusQuery.ofText(80, false), List.of(view(HEALTH)), name -> Optional.of(DEVICE), NOW)
                .body();

        assertThat(text).endsWith("""

                  PEER   KEY         SINCE  SHAKEN  RX/TX      ENDPOINT
                  alice  xScVkH3f..  5 min  12 s    1000/2.0K  203.0.113.1:51820
                  -      syKB97Xh..  -      never   0/0        not listed
                """);
        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void programsGetEachPeerAndWhatWireGuardCounts() {
        String json = RegistryPage.answer(StatusQuery.ofJson(), List.of(view(HEALTH)), name -> Optional.of(DEVICE), NOW)
                .body();

        assertThat(json)
                .contains(
                        "{\"publicKey\":\"" + ALICE.toBase64() + "\",\"name\":\"alice\",\"listed\":true,\"endpoints\":"
                                + "[\"203.0.113.1:51820\"],\"since\":\"2026-01-01T11:55:00Z\",\"site\":\"203.0.113.1\",\"relays\":[],"
                                + "\"latestHandshake\":\"2026-01-01T11:59:48Z\",\"rxBytes\":1000,\"txBytes\":2000}")
                .contains("{\"publicKey\":\"" + BOB.toBase64() + "\",\"name\":null,\"listed\":false,\"endpoints\":[],");
    }

    @Test
    void whereThereAreVeryManyPeersNoneIsToldAndTheDeviceIsNotRead() {
        List<Advertisement> many = IntStream.rangeClosed(0, PeerList.LONGEST)
                .mapToObj(i -> {
                    byte[] key = new byte[PublicKey.LENGTH];
                    key[0] = (byte) i;
                    key[1] = (byte) (i >> Byte.SIZE);
                    return Advertisement.builder(PublicKey.of(key))
                            .endpoint(Endpoint.parse("203.0.113.1:51820"))
                            .build();
                })
                .toList();
        RegistryView view = new RegistryView(
                "wg.example.com",
                "wg0",
                new RegistryReading(STATS, HEALTH, Optional.of(Zone.of(ZONE.options(), many, 7))),
                Optional.empty(),
                Optional.empty());

        assertThat(RegistryPage.answer(
                                StatusQuery.ofJson(),
                                List.of(view),
                                name -> {
                                    throw new AssertionError("read");
                                },
                                NOW)
                        .body())
                .contains("\"peers\":257,")
                .contains("\"peerList\":null");
    }

    private static RegistryView view(RegistryHealth health) {
        return new RegistryView(
                "wg.example.com",
                "wg0",
                new RegistryReading(STATS, health, Optional.of(ZONE)),
                Optional.empty(),
                Optional.empty(),
                PeerNames.of(Map.of(ALICE, "alice")));
    }
}
