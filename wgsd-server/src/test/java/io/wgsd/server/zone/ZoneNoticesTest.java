package io.wgsd.server.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.NameServer;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is reported of a zone, and when. */
class ZoneNoticesTest {

    private final ZoneNotices notices = new ZoneNotices();

    @Test
    void aListThatPassesTheLimitOfResolversIsReportedOnce() {
        assertThat(notices.of(zone(100))).isEmpty();
        assertThat(notices.of(zone(101))).singleElement().asString().contains("101", "BIND", "dnsmasq", "list limit");
        assertThat(notices.of(zone(102))).isEmpty();
    }

    @Test
    void andAgainWhenItPassesThatAgain() {
        notices.of(zone(101));
        notices.of(zone(100));

        assertThat(notices.of(zone(101))).hasSize(1);
    }

    @Test
    void whereALimitIsSetSomebodyHasThoughtOfIt() {
        assertThat(notices.of(Zone.of(options().listLimit(500).build(), peers(101), 1)))
                .isEmpty();
    }

    @Test
    void aNameServerWithoutAnAddressIsReportedOnce() {
        Zone without = Zone.of(ZoneOptions.builder(names()).build(), List.of(), 1);

        assertThat(notices.of(without)).singleElement().asString().contains("ns1.example.com.");
        assertThat(notices.of(without)).isEmpty();
    }

    @Test
    void oneInAnotherZoneHasItsAddressThere() {
        ZoneOptions outside = ZoneOptions.builder(names())
                .nameServer(NameServer.parse("ns.example.net"))
                .build();

        assertThat(notices.of(Zone.of(outside, List.of(), 1))).isEmpty();
    }

    private static Zone zone(int peers) {
        return Zone.of(options().build(), peers(peers), 1);
    }

    private static ZoneOptions.Builder options() {
        return ZoneOptions.builder(names()).nameServer(NameServer.parse("ns1.example.com=10.0.0.254"));
    }

    private static DnsSdNames names() {
        return DnsSdNames.parse("example.com");
    }

    private static List<Advertisement> peers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Advertisement.builder(PublicKey.of(
                                ByteBuffer.allocate(PublicKey.LENGTH).putInt(i).array()))
                        .endpoint(Endpoint.parse("192.0.2.1:" + (1 + i)))
                        .build())
                .toList();
    }
}
