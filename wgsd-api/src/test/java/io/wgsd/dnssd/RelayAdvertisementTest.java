package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.ALICE;
import static io.wgsd.dnssd.Samples.BOB;
import static io.wgsd.dnssd.Samples.NAMES;
import static io.wgsd.dnssd.Samples.NOON;
import static io.wgsd.dnssd.Samples.advertisement;
import static io.wgsd.dnssd.Samples.key;
import static io.wgsd.dnssd.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A relay in a zone: its records, beside those of the peers, and how they are read again. */
class RelayAdvertisementTest {

    private static final String HOST = "wmrid55v4enhxqx2jstyoyvkicj5pihkb2tr7r42smiu3t5l4i5q";
    private static final RelayAdvertisement RELAY =
            new RelayAdvertisement(BOB, endpoints("192.0.2.9:443", "[2001:db8::9]:443"));
    private static final ZoneOptions PLAIN = ZoneOptions.builder(NAMES)
            .nameServerAddress(IpAddress.parse("10.0.0.254"))
            .build();
    private static final ZoneOptions OPTIONS = PLAIN.withRelays(List.of(RELAY));

    @Test
    void theZoneListsItWithItsPortKeyAndAddresses() {
        Zone with = Zone.of(OPTIONS, List.of(), 1);

        ZoneDiff difference = ZoneDiff.between(Zone.of(PLAIN, List.of(), 1), with);

        String instance = HOST + "====._wireguard-relay._udp.example.com.";
        assertThat(difference.removed()).isEmpty();
        assertThat(difference.added().stream().map(RelayAdvertisementTest::line))
                .containsExactlyInAnyOrder(
                        "_services._dns-sd._udp.example.com. 3600 PTR _wireguard-relay._udp.example.com.",
                        "_wireguard-relay._udp.example.com. 1 PTR " + instance,
                        instance + " 1 SRV 0 0 443 " + HOST + ".example.com.",
                        instance + " 1 TXT txtvers=1 pub=" + BOB,
                        HOST + ".example.com. 1 A 192.0.2.9",
                        HOST + ".example.com. 1 AAAA 2001:db8:0:0:0:0:0:9");
        assertThat(with.recordCount()).isEqualTo(with.records().count());
    }

    @Test
    void aZoneFileHasIt() {
        assertThat(ZoneFile.text(Zone.of(OPTIONS, List.of(), 1)))
                .contains(HOST + "\\061\\061\\061\\061._wireguard-relay._udp.example.com. 1 IN TXT \"txtvers=1\" \"pub="
                        + BOB + "\"\n");
    }

    @Test
    void aSignedZoneHasItAndKeepsTheSignaturesOfPeers() {
        ZoneSigner signer = new ZoneSigner(List.of(SigningKey.generate(NAMES, SigningAlgorithm.ED25519, NOON)));
        List<Advertisement> peers = List.of(advertisement(ALICE, "203.0.113.1:1"));
        Zone before = signer.sign(Zone.of(PLAIN, peers, 1), List.of(), NOON);

        Zone with = signer.sign(Zone.of(OPTIONS, peers, 2), List.of(before), NOON.plusSeconds(1));

        ZoneNode list = with.find(NAMES.relays()).orElseThrow();
        assertThat(list.signatures(Type.PTR)).hasSize(1);
        assertThat(RelayAdvertisement.parse(NAMES, with.records().toList())).containsExactly(RELAY);
        assertThat(with.find(NAMES.instance(ALICE)).orElseThrow().signatures(Type.TXT))
                .isEqualTo(before.find(NAMES.instance(ALICE)).orElseThrow().signatures(Type.TXT));
    }

    @Test
    void aPeerWithTheKeyOfARelayIsNotServed() {
        Zone zone = Zone.of(OPTIONS, List.of(advertisement(BOB, "203.0.113.1:1")), 1);

        assertThat(zone.peers()).isEmpty();
        assertThat(zone.find(NAMES.host(BOB)).orElseThrow().rrset(Type.A))
                .extracting(Record::rdataToString)
                .containsExactly("192.0.2.9");
    }

    @Test
    void otherNameServerAddressesLeaveItThere() {
        assertThat(OPTIONS.withNameServerAddresses(List.of()).relays()).containsExactly(RELAY);
    }

    @Test
    void anotherPlaceOfARelayReplacesTheEarlierOne() {
        RelayAdvertisement moved = new RelayAdvertisement(BOB, endpoints("192.0.2.10:443"));

        assertThat(OPTIONS.withRelays(List.of(moved)).relays()).containsExactly(moved);
    }

    @Test
    void aServiceWithoutAnAddressOrWithTheTextOfAnotherIsPassedOver() {
        List<Record> records = Zone.of(OPTIONS, List.of(), 1).records().toList();
        Stream<Record> addressless =
                records.stream().filter(record -> !record.getName().equals(NAMES.host(BOB)));
        Stream<Record> mixed = records.stream()
                .map(record -> record.getType() == Type.TXT
                        ? new TXTRecord(record.getName(), record.getDClass(), 1, "pub=" + ALICE)
                        : record);

        assertThat(RelayAdvertisement.parse(NAMES, addressless.toList())).isEmpty();
        assertThat(RelayAdvertisement.parse(NAMES, mixed.toList())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "192.0.2.1:1 192.0.2.2:2", "0.0.0.0:1", "224.0.0.1:1"})
    void aPlaceWhereNobodyCouldReachItIsRefused(String endpoints) {
        List<Endpoint> refused = endpoints.isEmpty() ? List.of() : endpoints(endpoints.split(" "));

        assertThatThrownBy(() -> new RelayAdvertisement(BOB, refused)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aZoneHasAtMost64() {
        List<RelayAdvertisement> many = IntStream.rangeClosed(1, 65)
                .mapToObj(i -> new RelayAdvertisement(key(i), RELAY.endpoints()))
                .toList();

        assertThatThrownBy(() -> PLAIN.withRelays(many)).hasMessageContaining("64");
    }

    @Test
    void aZoneWhoseNameIsTooLongForRelaysIsRefusedThen() {
        DnsSdNames names = DnsSdNames.of(name(("a".repeat(60) + ".").repeat(2) + "a".repeat(55) + "."));

        assertThatThrownBy(() -> ZoneOptions.builder(names).relay(RELAY)).hasMessageContaining("255");
    }

    private static List<Endpoint> endpoints(String... texts) {
        return Stream.of(texts).map(Endpoint::parse).toList();
    }

    private static String line(Record record) {
        return record.getName() + " " + record.getTTL() + " " + Type.string(record.getType()) + " "
                + record.rdataToString();
    }
}
