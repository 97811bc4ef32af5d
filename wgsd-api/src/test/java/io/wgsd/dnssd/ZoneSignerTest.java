package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.ALICE;
import static io.wgsd.dnssd.Samples.BOB;
import static io.wgsd.dnssd.Samples.NAMES;
import static io.wgsd.dnssd.Samples.advertisement;
import static io.wgsd.dnssd.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A signed zone: everything has a signature, all names are in one chain, and what did not change is not signed again.
 */
class ZoneSignerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Name ORIGIN = NAMES.origin();
    private static final SigningKey OLD = SigningKey.generate(NAMES, SigningAlgorithm.ED25519, NOW);
    private static final SigningKey NEW = SigningKey.generate(NAMES, SigningAlgorithm.ECDSA_P256, NOW.plusSeconds(1));
    private static final ZoneOptions OPTIONS = ZoneOptions.builder(NAMES)
            .nameServerAddress(IpAddress.parse("10.0.0.254"))
            .build();

    private final ZoneSigner signer = new ZoneSigner(List.of(OLD));
    private final Zone unsigned = zone(1, "203.0.113.1:41424");
    private final Zone signed = signer.sign(unsigned, List.of(), NOW);

    @Test
    void everyRrsetHasAGoodSignature() {
        assertThat(signed.isSigned()).isTrue();
        assertSigned(signed, OLD);
    }

    @Test
    void signaturesFromTheFutureAreMadeAgain() {
        Instant back = NOW.minus(Duration.ofDays(2));

        Zone again = signer.sign(zone(2, "203.0.113.1:41424"), List.of(signed), back);

        assertThat(signer.validFrom(signed)).contains(NOW.minus(Duration.ofHours(1)));
        assertThat(signer.validFrom(again)).contains(back.minus(Duration.ofHours(1)));
    }

    @Test
    void aClockThatIsSetBackByLessThanTheyAreBackdatedMakesNoneAgain() {
        Zone again = signer.sign(zone(2, "203.0.113.1:41424"), List.of(signed), NOW.minus(Duration.ofMinutes(59)));

        assertThat(again.find(NAMES.instance(ALICE)))
                .hasValueSatisfying(node -> assertThat(node)
                        .isSameAs(signed.find(NAMES.instance(ALICE)).orElseThrow()));
    }

    /** Ed25519's signatures are a function of what is signed, so that two zones can be compared as they are. */
    @Test
    void signaturesThatAreTakenOverEqualNewOnes() {
        // From one list to several and back, and with and without anybody.
        ZoneOptions options = ZoneOptions.builder(NAMES).listLimit(4).build();
        Random random = new Random(20_261_130);
        Zone before = signer.sign(crowd(options, 3, random), List.of(), NOW);
        for (int size : new int[] {3, 4, 5, 9, 8, 4, 0, 2}) {
            Zone next = crowd(options, size, random);

            Zone after = signer.sign(next, List.of(before), NOW);

            Zone anew = signer.sign(next, List.of(), NOW);
            assertThat(text(after)).isEqualTo(text(anew));
            assertThat(after.recordCount()).isEqualTo(anew.recordCount());
            assertThat(names(after.ownNodes())).isEqualTo(names(anew.ownNodes()));
            assertThat(names(after.nodes())).isEqualTo(names(anew.nodes()));
            assertThat(signer.due(after)).isPresent();
            assertThat(signer.due(after).get())
                    .isBeforeOrEqualTo(signer.due(anew).orElseThrow());
            before = after;
        }
    }

    private static Zone crowd(ZoneOptions options, int peers, Random random) {
        List<Advertisement> crowd = new ArrayList<>();
        for (int i = 0; i < peers; i++) {
            byte[] key = new byte[32];
            key[0] = (byte) i;
            key[2] = (byte) random.nextInt(2);
            crowd.add(Advertisement.builder(PublicKey.of(key))
                    .endpoint(Endpoint.parse("192.0.2.1:" + (1 + random.nextInt(3))))
                    .build());
        }
        return Zone.of(options, crowd, 1 + random.nextInt(1000));
    }

    private static List<String> text(Zone zone) {
        return zone.records().map(Record::toString).toList();
    }

    private static Set<Name> names(Collection<ZoneNode> nodes) {
        return nodes.stream().map(ZoneNode::name).collect(Collectors.toUnmodifiableSet());
    }

    @Test
    void nothingIsLost() {
        Set<Integer> added = Set.of(Type.RRSIG, Type.NSEC, Type.DNSKEY, Type.CDS, Type.CDNSKEY);

        assertThat(signed.records()
                        .filter(record -> !added.contains(record.getType()))
                        .map(Record::toString))
                .containsExactlyElementsOf(
                        unsigned.records().map(Record::toString).toList());
    }

    @Test
    void itsZoneFileHoldsTheSame() throws IOException {
        List<Record> read = new ArrayList<>();
        byte[] text = ZoneFile.text(signed).getBytes(StandardCharsets.US_ASCII);
        try (Master file = new Master(new ByteArrayInputStream(text), ORIGIN)) {
            for (Record record = file.nextRecord(); record != null; record = file.nextRecord()) {
                read.add(record);
            }
        }

        assertThat(read).containsExactlyElementsOf(signed.records().toList());
    }

    @Test
    void itsSerialIsNotChangedBehindTheSignature() {
        assertThatThrownBy(() -> signed.withSerial(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theChainGoesThroughAllNamesAndBack() {
        Set<Name> names = signed.nodes().stream()
                .filter(node -> !node.rrsets().isEmpty())
                .map(ZoneNode::name)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Name> walked = new ArrayList<>();
        Name at = ORIGIN;
        do {
            walked.add(at);
            at = nsec(at).getNext();
        } while (!at.equals(ORIGIN));

        assertThat(walked).containsExactlyElementsOf(names);
    }

    @Test
    void aNamesTypesAreThoseThatItHas() {
        assertThat(Arrays.stream(nsec(ORIGIN).getTypes()).mapToObj(Type::string))
                .containsExactlyInAnyOrder("NS", "SOA", "RRSIG", "NSEC", "DNSKEY", "CDS", "CDNSKEY");
        assertThat(Arrays.stream(nsec(NAMES.instance(ALICE)).getTypes()).mapToObj(Type::string))
                .containsExactlyInAnyOrder("A", "TXT", "SRV", "RRSIG", "NSEC");
        assertThat(nsec(ORIGIN).getTTL()).isEqualTo(1);
    }

    @Test
    void anEmptyNameHasNoRecordOfItsOwn() {
        assertThat(signed.find(name("_udp.example.com.")))
                .hasValueSatisfying(node -> assertThat(node.rrsets()).isEmpty());
    }

    @Test
    void aMissingNameIsCoveredByTheNameBeforeIt() {
        ZoneNode covering = signed.denial(name("_v.example.com.")).orElseThrow();
        NSECRecord nsec = (NSECRecord) covering.rrset(Type.NSEC).get(0);

        assertThat(covering.name()).isLessThan(name("_v.example.com."));
        assertThat(nsec.getNext().compareTo(name("_v.example.com.")) > 0
                        || nsec.getNext().equals(ORIGIN))
                .isTrue();
        assertThat(signed.denial(NAMES.instance(ALICE)))
                .hasValueSatisfying(node -> assertThat(node.name()).isEqualTo(NAMES.instance(ALICE)));
        assertThat(unsigned.denial(ORIGIN)).isEmpty();
    }

    @Test
    void unchangedRecordsKeepTheirSignatures() {
        Zone later = signer.sign(zone(2, "203.0.113.1:5"), List.of(signed), NOW.plusSeconds(60));

        Set<String> before = signatures(signed);
        assertThat(later.records()
                        .filter(record -> record.getType() == Type.RRSIG)
                        .filter(record -> !before.contains(record.rdataToString()))
                        .map(record -> record.getName() + " " + Type.string(((RRSIGRecord) record).getTypeCovered())))
                .containsExactlyInAnyOrder(
                        "example.com. SOA", NAMES.instance(ALICE) + " SRV", NAMES.unpadded(ALICE) + " SRV");
        assertSigned(later, OLD);
    }

    @Test
    void signaturesAreRenewedOverThreeDaysAndAlwaysOutliveTheSoasExpire() {
        Instant last = NOW;
        Zone zone = signed;
        int rounds = 0;
        for (; Duration.between(NOW, last).compareTo(Duration.ofDays(30)) < 0; rounds++) {
            Instant due = signer.due(zone).orElseThrow();
            assertThat(due).isAfter(last);
            last = due;
            zone = signer.sign(zone(10 + rounds, "203.0.113.1:41424"), List.of(zone), due);
            Instant now = due;
            assertThat(zone.nodes().stream().flatMap(node -> node.rrset(Type.RRSIG).stream()))
                    .allSatisfy(record -> assertThat(((RRSIGRecord) record).getExpire())
                            .isBetween(now.plusSeconds(signed.soa().getExpire()), now.plus(ZoneSigner.VALIDITY)));
        }
        assertThat(rounds).isGreaterThan(20);
        assertThat(signer.due(signed).orElseThrow())
                .isBetween(NOW.plus(Duration.ofDays(3)), NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void twoKeysSignAllWhileOneSucceedsTheOther() {
        Zone rolled = new ZoneSigner(List.of(NEW, OLD)).sign(zone(2, "203.0.113.1:41424"), List.of(signed), NOW);

        assertSigned(rolled, OLD);
        assertSigned(rolled, NEW);
        ZoneNode apex = rolled.find(ORIGIN).orElseThrow();
        assertThat(apex.rrset(Type.DNSKEY)).containsExactlyInAnyOrder(OLD.dnskey(), NEW.dnskey());
        assertThat(apex.rrset(Type.CDS))
                .map(Record::rdataToString)
                .containsExactly(NEW.ds().rdataToString());
        assertThat(apex.rrset(Type.CDNSKEY))
                .map(Record::rdataToString)
                .containsExactly(NEW.dnskey().rdataToString());
    }

    @Test
    void aRetiredKeysSignaturesGo() {
        Zone rolled = new ZoneSigner(List.of(OLD, NEW)).sign(unsigned, List.of(), NOW);
        Zone retired = new ZoneSigner(List.of(NEW)).sign(unsigned, List.of(rolled), NOW);

        assertSigned(retired, NEW);
        assertThat(retired.nodes().stream().flatMap(node -> node.rrset(Type.RRSIG).stream()))
                .allSatisfy(record ->
                        assertThat(((RRSIGRecord) record).getFootprint()).isEqualTo(NEW.tag()));
    }

    @Test
    void theNameServersOfAZoneBelowAreNotSignedAndItsDigestsAre() {
        Name members = Name.fromConstantString("members." + NAMES.origin());
        DSRecord ds = new DSRecord(members, DClass.IN, 3600, 7, 15, 2, new byte[32]);
        ZoneOptions options = ZoneOptions.builder(NAMES).members(List.of(ds)).build();

        Zone first = signer.sign(Zone.of(options, List.of(), 1), List.of(), NOW);

        ZoneNode node = first.find(members).orElseThrow();
        assertThat(node.rrset(Type.NS)).hasSize(1);
        assertThat(node.signatures(Type.NS)).isEmpty();
        assertThat(node.signatures(Type.DS)).hasSize(1);
        assertThat(node.signatures(Type.NSEC)).hasSize(1);
        Zone again = signer.sign(Zone.of(options, List.of(), 2), List.of(first), NOW);
        assertThat(again.find(members)).containsSame(node);
    }

    @Test
    void keysOfAnotherZoneAreRefused() {
        SigningKey other = SigningKey.generate(DnsSdNames.parse("example.org"), SigningAlgorithm.ED25519, NOW);

        assertThatThrownBy(() -> new ZoneSigner(List.of(OLD, other))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ZoneSigner(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ZoneSigner(List.of(other)).sign(unsigned, List.of(), NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Zone zone(long serial, String endpoint) {
        return Zone.of(
                OPTIONS,
                List.of(
                        advertisement(ALICE, endpoint, "10.0.0.1/32"),
                        advertisement(BOB, "[2001:db8::2]:51820", "10.0.0.2/32")),
                serial);
    }

    private NSECRecord nsec(Name name) {
        return (NSECRecord) signed.find(name).orElseThrow().rrset(Type.NSEC).get(0);
    }

    private static Set<String> signatures(Zone zone) {
        return zone.records()
                .filter(record -> record.getType() == Type.RRSIG)
                .map(Record::rdataToString)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void assertSigned(Zone zone, SigningKey key) {
        for (ZoneNode node : zone.nodes()) {
            for (List<Record> rrset : node.rrsets()) {
                int type = rrset.get(0).getType();
                if (type != Type.RRSIG) {
                    assertThat(node.signatures(type))
                            .as(node.name() + " " + Type.string(type))
                            .filteredOn(record -> ((RRSIGRecord) record).getFootprint() == key.tag())
                            .singleElement()
                            .satisfies(record -> DNSSEC.verify(
                                    new RRset(rrset.toArray(Record[]::new)), (RRSIGRecord) record, key.dnskey(), NOW));
                }
            }
        }
    }
}
