package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.ALICE;
import static io.wgsd.dnssd.Samples.ALICE_BASE32;
import static io.wgsd.dnssd.Samples.BOB;
import static io.wgsd.dnssd.Samples.NAMES;
import static io.wgsd.dnssd.Samples.advertisement;
import static io.wgsd.dnssd.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A zone made of advertisements: its names, records and options; lists of peers have a test of their own. */
class ZoneTest {

    private static final ZoneOptions OPTIONS = ZoneOptions.builder(NAMES)
            .nameServerAddress(IpAddress.parse("10.0.0.254"))
            .build();
    private final Zone zone = Zone.of(
            OPTIONS,
            List.of(
                    advertisement(ALICE, "203.0.113.1:41424", "10.0.0.1/32"),
                    advertisement(BOB, "[2001:db8::2]:51820", "10.0.0.2/32", "fd00::2/128")),
            1_767_268_800L);

    @Test
    void itHoldsTheseRecordsAndNoOthers() {
        String bob = "wmrid55v4enhxqx2jstyoyvkicj5pihkb2tr7r42smiu3t5l4i5q";

        assertThat(zone.records().map(ZoneTest::line))
                .containsExactlyInAnyOrder(
                        "example.com. 1 SOA ns1.example.com. postmaster.example.com. 1767268800 60 10 604800 1",
                        "example.com. 3600 NS ns1.example.com.",
                        "ns1.example.com. 3600 A 10.0.0.254",
                        "_services._dns-sd._udp.example.com. 3600 PTR _wireguard._udp.example.com.",
                        "b._dns-sd._udp.example.com. 3600 PTR example.com.",
                        "lb._dns-sd._udp.example.com. 3600 PTR example.com.",
                        "_wireguard._udp.example.com. 1 PTR " + ALICE_BASE32 + "====._wireguard._udp.example.com.",
                        "_wireguard._udp.example.com. 1 PTR " + bob + "====._wireguard._udp.example.com.",
                        ALICE_BASE32 + "====._wireguard._udp.example.com. 1 SRV 0 0 41424 " + ALICE_BASE32
                                + ".example.com.",
                        ALICE_BASE32 + "====._wireguard._udp.example.com. 1 TXT txtvers=1 pub=" + ALICE
                                + " allowed=10.0.0.1/32 since=1767268800",
                        ALICE_BASE32 + "====._wireguard._udp.example.com. 1 A 203.0.113.1",
                        ALICE_BASE32 + ".example.com. 1 A 203.0.113.1",
                        ALICE_BASE32 + "._wireguard._udp.example.com. 1 SRV 0 0 41424 " + ALICE_BASE32
                                + ".example.com.",
                        ALICE_BASE32 + "._wireguard._udp.example.com. 1 TXT txtvers=1 pub=" + ALICE
                                + " allowed=10.0.0.1/32 since=1767268800",
                        bob + "====._wireguard._udp.example.com. 1 SRV 0 0 51820 " + bob + ".example.com.",
                        bob + "====._wireguard._udp.example.com. 1 TXT txtvers=1 pub=" + BOB
                                + " allowed=10.0.0.2/32,fd00::2/128 since=1767268800",
                        bob + "====._wireguard._udp.example.com. 1 AAAA 2001:db8:0:0:0:0:0:2",
                        bob + ".example.com. 1 AAAA 2001:db8:0:0:0:0:0:2",
                        bob + "._wireguard._udp.example.com. 1 SRV 0 0 51820 " + bob + ".example.com.",
                        bob + "._wireguard._udp.example.com. 1 TXT txtvers=1 pub=" + BOB
                                + " allowed=10.0.0.2/32,fd00::2/128 since=1767268800");
    }

    @Test
    void namesAreFoundInAnyLetterCase() {
        Name upper = name(NAMES.instance(ALICE).toString().toUpperCase(Locale.ROOT));

        assertThat(zone.find(upper).orElseThrow().rrset(Type.SRV)).hasSize(1);
    }

    @Test
    void aNameThatIsOnlyPartOfLongerOnesExistsAndIsEmpty() {
        for (String empty : List.of("_udp.example.com.", "_dns-sd._udp.example.com.")) {
            assertThat(zone.find(name(empty)).orElseThrow().rrsets()).isEmpty();
        }
    }

    @Test
    void otherNamesDoNotExist() {
        for (String absent : List.of("com.", "x.example.com.", "x._wireguard._udp.example.com.", "example.org.")) {
            assertThat(zone.find(name(absent))).isEmpty();
        }
    }

    @Test
    void aNewSerialChangesTheSoaAlone() {
        Zone newer = zone.withSerial(1_767_268_801L);

        assertThat(newer.serial()).isEqualTo(1_767_268_801L);
        assertThat(newer.find(newer.origin()).orElseThrow().rrset(Type.SOA)).containsExactly(newer.soa());
        assertThat(ZoneDiff.between(zone, newer).isEmpty()).isTrue();
    }

    @Test
    void aPeerAdvertisedTwiceIsRefused() {
        List<Advertisement> twice = List.of(advertisement(ALICE, "192.0.2.1:1"), advertisement(ALICE, "192.0.2.1:2"));

        assertThatThrownBy(() -> Zone.of(OPTIONS, twice, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPeerWithoutAnEndpointHasNoNames() {
        Zone without = Zone.of(OPTIONS, List.of(Advertisement.builder(ALICE).build()), 1);

        assertThat(without.find(NAMES.host(ALICE))).isEmpty();
        assertThat(without.find(NAMES.services())).isEmpty();
    }

    @Test
    void anInstanceHasNoAddressWhereTheZoneIsForAServerThatChecksNames() {
        ZoneOptions options =
                ZoneOptions.builder(NAMES).instanceAddresses(false).build();
        Zone checked = Zone.of(options, List.of(advertisement(ALICE, "192.0.2.1:1")), 1);

        assertThat(checked.find(NAMES.instance(ALICE)).orElseThrow().rrset(Type.A))
                .isEmpty();
        assertThat(checked.find(NAMES.host(ALICE)).orElseThrow().rrset(Type.A)).hasSize(1);
    }

    @Test
    void optionsThatChangePeersRecordsDifferFromThoseThatDoNot() {
        ZoneOptions elsewhere =
                ZoneOptions.builder(DnsSdNames.parse("example.net")).build();
        ZoneOptions options = ZoneOptions.builder(NAMES).build();

        assertThat(options.samePeerRecords(options.withNameServerAddresses(List.of(IpAddress.parse("192.0.2.53")))))
                .isTrue();
        assertThat(options.samePeerRecords(elsewhere)).isFalse();
        assertThat(options.samePeerRecords(
                        ZoneOptions.builder(NAMES).instanceAddresses(false).build()))
                .isFalse();
        assertThat(options.samePeerRecords(
                        ZoneOptions.builder(NAMES).peerTtl(Duration.ZERO).build()))
                .isFalse();
    }

    @Test
    void atTheNameWithoutPaddingALongTextIsCut() {
        String[] many = IntStream.range(0, 600)
                .mapToObj(i -> "10.1." + i / 256 + "." + i % 256 + "/32")
                .toArray(String[]::new);
        Zone wide = Zone.of(OPTIONS, List.of(advertisement(ALICE, "192.0.2.1:1", many)), 1);

        Record whole =
                wide.find(NAMES.instance(ALICE)).orElseThrow().rrset(Type.TXT).get(0);
        Record cut =
                wide.find(NAMES.unpadded(ALICE)).orElseThrow().rrset(Type.TXT).get(0);
        assertThat(whole.rdataToString()).doesNotContain("more=1");
        assertThat(cut.rdataToString()).contains("more=1");
        assertThat(cut.rdataToWireCanonical().length).isBetween(1_900, 2_048);
    }

    private static String line(Record record) {
        return record.getName() + " " + record.getTTL() + " " + Type.string(record.getType()) + " "
                + record.rdataToString();
    }
}
