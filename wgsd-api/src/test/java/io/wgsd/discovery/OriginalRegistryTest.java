package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wgsd.discovery.exchange.ScriptedServer;
import io.wgsd.discovery.exchange.ScriptedServer.Script;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Rcode;

/** This client against the original registry, as it was measured. */
@Timeout(60)
class OriginalRegistryTest {

    private final List<AutoCloseable> closing = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

    @Test
    void aPeerIsFound() throws Exception {
        DiscoveryClient client = client(peer(ALICE, "203.0.113.1:51820", "10.0.0.3/32", "10.9.0.0/16"));
        assertThat(client.lookup(ALICE))
                .contains(Advertisement.builder(ALICE)
                        .endpoint(Endpoint.parse("203.0.113.1:51820"))
                        .allowedIps(List.of(IpPrefix.parse("10.0.0.3/32"), IpPrefix.parse("10.9.0.0/16")))
                        .build());
    }

    @Test
    void aPeerOverIpv6IsFound() throws Exception {
        DiscoveryClient client = client(peer(ALICE, "[2001:db8::1]:51820"));
        assertThat(client.lookup(ALICE))
                .get()
                .extracting(Advertisement::endpoints)
                .isEqualTo(List.of(Endpoint.parse("[2001:db8::1]:51820")));
    }

    @Test
    void aZoneInCapitalsIsTheSameZone() throws Exception {
        ScriptedServer server = start(new OriginalRegistry(NAMES, List.of(peer(ALICE, "203.0.113.1:51820"))));
        DiscoveryClient client = keep(DiscoveryClient.builder(DnsSdNames.parse("EXAMPLE.com"))
                .server(server.address())
                .build());
        assertThat(client.lookup(ALICE)).isPresent();
    }

    @Test
    void aPeerWithoutAnEndpointIsAbsent() throws Exception {
        assertThat(client(peer(ALICE, "")).lookup(ALICE)).isEmpty();
    }

    @Test
    void anUnknownPeerIsAbsent() throws Exception {
        assertThat(client(peer(ALICE, "203.0.113.1:51820")).lookup(BOB)).isEmpty();
    }

    @Test
    void aPeerWithMoreAllowedIpsThanTheRegistryCanPackIsFoundWithoutThem() throws Exception {
        assertThat(client(withManyPrefixes()).lookup(ALICE)).get().satisfies(found -> {
            assertThat(found.endpoints()).containsExactly(Endpoint.parse("203.0.113.1:51820"));
            assertThat(found.allowedIpsComplete()).isFalse();
        });
    }

    @Test
    void forAnEndpointNothingIsAskedOverTcpWithoutNeed() throws Exception {
        ScriptedServer server = start(new OriginalRegistry(NAMES, List.of(withManyPrefixes())));
        assertThat(client(server).lookups().findEndpoints(List.of(ALICE), any -> java.util.Optional.empty()))
                .extractingByKey(ALICE)
                .isInstanceOf(LookupResult.Found.class);
        assertThat(server.heard()).noneMatch(ScriptedServer.Heard::tcp);
    }

    @Test
    void aListThatDoesNotFitADatagramComesWhole() throws Exception {
        Peer[] peers = peers(100);
        assertThat(client(peers).browse()).hasSize(100);
    }

    @Test
    void ofTwoThousandPeersThoseAreListedThatFit64Kib() throws Exception {
        assertThat(client(peers(2000)).browse()).hasSizeBetween(915, 923);
    }

    @Test
    void aRegistryThatCannotReadItsDeviceHasFailed() throws Exception {
        DiscoveryClient client =
                client(start(heard -> heard.response().rcode(Rcode.SERVFAIL).once()));
        assertThatExceptionOfType(DiscoveryException.class)
                .isThrownBy(() -> client.lookup(ALICE))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.SERVER_FAILURE));
    }

    @Test
    void anotherZoneIsRefused() throws Exception {
        DiscoveryClient client = client(start(new OriginalRegistry(DnsSdNames.parse("example.net"), List.of())));
        assertThatExceptionOfType(DiscoveryException.class)
                .isThrownBy(() -> client.lookup(ALICE))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.REFUSED))
                .withMessageContaining("check the zone");
    }

    @Test
    void twoThousandPeersAreLookedUpSideBySide() throws Exception {
        DiscoveryClient client = client(peers(2000));
        client.lookup(ALICE);
        long begun = System.nanoTime();
        assertThat(client.lookupAll(Samples.keys(2000)).values()).allMatch(LookupResult.Found.class::isInstance);
        // One after the other they took the original's client 14 s; the bound is wide for the sake of slow machines.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    private static Peer withManyPrefixes() {
        String[] prefixes =
                IntStream.range(0, 40).mapToObj(i -> "10.1." + i + ".0/24").toArray(String[]::new);
        return peer(ALICE, "203.0.113.1:51820", prefixes);
    }

    private static Peer[] peers(int count) {
        return Samples.keys(count).stream()
                .map(key -> peer(key, "203.0.113.1:51820", "10.0.0.0/24"))
                .toArray(Peer[]::new);
    }

    private DiscoveryClient client(Peer... peers) throws Exception {
        return client(start(new OriginalRegistry(NAMES, List.of(peers))));
    }

    private DiscoveryClient client(ScriptedServer server) {
        return keep(DiscoveryClient.builder(NAMES)
                .server(server.address())
                .timeout(Duration.ofSeconds(2))
                .build());
    }

    private ScriptedServer start(Script script) throws Exception {
        return keep(ScriptedServer.start(script));
    }

    private <T extends AutoCloseable> T keep(T each) {
        closing.add(each);
        return each;
    }
}
