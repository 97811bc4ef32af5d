package io.wgsd.server.zone;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.OPTIONS;
import static io.wgsd.server.Samples.device;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class NameRecordsTest {

    private static final PeerNames CALLED = PeerNames.of(Map.of(ALICE, "alice", BOB, "bob"));
    private static final PublicKey REGISTRY = PublicKey.of(new byte[32]);

    private final NameRecords records = new NameRecords(OPTIONS);

    @Test
    void aNameHasTheAddressesOfThePeerAndLeadsToItsHost() {
        Peer alice = Peer.builder(ALICE)
                .endpoint(HOME)
                .allowedIps(prefixes("10.0.0.1/32", "fd00::1/128", "192.168.1.0/24"))
                .build();

        assertThat(texts(device(alice), CALLED, advertised(ALICE, HOME)))
                .containsExactly(
                        "alice.example.com. A 10.0.0.1",
                        "alice.example.com. AAAA fd00:0:0:0:0:0:0:1",
                        "_wireguard._udp.alice.example.com. SRV 0 0 41424 " + NAMES.host(ALICE));
    }

    @Test
    void aPeerWithoutAnEndpointHasItsAddresses() {
        Peer alice = Peer.builder(ALICE).allowedIps(prefixes("10.0.0.1/32")).build();

        assertThat(texts(device(alice), CALLED)).containsExactly("alice.example.com. A 10.0.0.1");
    }

    @Test
    void aPeerThatTheDeviceDoesNotHaveHasNoName() {
        assertThat(texts(device(), CALLED)).isEmpty();
    }

    @Test
    void aPeerWithoutAnAddressOfItsOwnHasNone() {
        Peer alice = Peer.builder(ALICE).allowedIps(prefixes("10.0.0.0/24")).build();

        assertThat(texts(device(alice), CALLED)).isEmpty();
    }

    @Test
    void theDeviceItselfHasANameWhereItIsAdvertised() {
        Advertisement self = Advertisement.builder(REGISTRY)
                .endpoint(HOME)
                .allowedIps(prefixes("10.0.0.254/32"))
                .build();

        assertThat(texts(device(), PeerNames.of(Map.of(REGISTRY, "hub")), self))
                .contains("hub.example.com. A 10.0.0.254");
    }

    @Test
    void aRelaysKeyHasNoEndpointThere() {
        List<NamedPeer> named = records.of(
                device(peer(ALICE)),
                CALLED,
                List.of(advertised(ALICE, HOME)),
                List.of(new RelayAdvertisement(ALICE, List.of(Endpoint.parse("203.0.113.9:51820")))));

        assertThat(named.get(0).records()).extracting(Record::getType).containsExactly(Type.A);
    }

    @Test
    void noNameHasMoreAddressesThanResolversTake() {
        Peer alice = Peer.builder(ALICE)
                .allowedIps(IntStream.range(0, 200)
                        .mapToObj(i -> IpPrefix.parse("10.0.1." + i + "/32"))
                        .toList())
                .build();

        assertThat(texts(device(alice), CALLED)).hasSize(100);
    }

    @Test
    void theSameListComesBackWhereNothingChanged() {
        List<NamedPeer> first = of(device(peer(ALICE)), advertised(ALICE, HOME));

        assertThat(of(device(peer(ALICE)), advertised(ALICE, HOME))).isSameAs(first);
        assertThat(of(device(peer(ALICE)), advertised(ALICE, AWAY))).isNotEqualTo(first);
        assertThat(of(device(peer(ALICE), peer(BOB)), advertised(ALICE, AWAY))).hasSize(2);
    }

    private List<NamedPeer> of(Device device, Advertisement... served) {
        return records.of(device, CALLED, List.of(served), List.of());
    }

    private List<String> texts(Device device, PeerNames names, Advertisement... served) {
        return records.of(device, names, List.of(served), List.of()).stream()
                .flatMap(peer -> peer.records().stream())
                .map(record -> record.getName() + " " + Type.string(record.getType()) + " " + record.rdataToString())
                .toList();
    }

    private static Peer peer(PublicKey key) {
        return Peer.builder(key)
                .allowedIps(prefixes(key.equals(ALICE) ? "10.0.0.1/32" : "10.0.0.2/32"))
                .build();
    }

    private static Advertisement advertised(PublicKey key, Endpoint endpoint) {
        return Advertisement.builder(key).endpoint(endpoint).build();
    }

    private static List<IpPrefix> prefixes(String... texts) {
        return Stream.of(texts).map(IpPrefix::parse).toList();
    }
}
