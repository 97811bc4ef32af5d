package io.wgsd.server.answer;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.answer.Dig.dig;
import static io.wgsd.server.answer.SampleZone.SERIAL;
import static io.wgsd.server.answer.SampleZone.ZONE;
import static io.wgsd.server.answer.SampleZone.advertisement;
import static io.wgsd.server.answer.SampleZone.zone;
import static io.wgsd.server.answer.SampleZone.zoneOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.zone.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** AXFR (RFC 5936) and IXFR (RFC 1995), as secondaries ask, tested through {@link Responder}. */
class TransferTest {

    private static final String ORIGIN = "example.com.";
    private static final Zone ONE = zone(List.of(advertisement(ALICE, "203.0.113.1:1", List.of("10.0.0.1/32"))));
    private static final Zone MOVED = ofAlice("203.0.113.1:2", SERIAL + 1);
    private static final Zone MOVED_AGAIN = ofAlice("203.0.113.1:3", SERIAL + 2);
    private static final Journal JOURNAL = Journal.of(ONE).next(MOVED).next(MOVED_AGAIN);

    @Test
    void theWholeZoneGoesBetweenTwoCopiesOfItsSoa() {
        List<Record> records = records(axfr().answers());

        assertThat(records).hasSize((int) ZONE.records().count() + 1);
        assertThat(records.get(0)).isEqualTo(ZONE.soa());
        assertThat(records.get(records.size() - 1)).isEqualTo(ZONE.soa());
        assertThat(records.subList(0, records.size() - 1))
                .containsExactlyInAnyOrderElementsOf(ZONE.records().toList());
    }

    @Test
    void aLargeZoneTakesManyMessagesAndTtlsStay() {
        Zone large = zoneOf(5_000);
        List<Message> messages = axfr().in(large).answers();

        assertThat(messages).hasSizeGreaterThan(20);
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.numBytes()).isLessThan(17_000);
            assertThat(message.getHeader().getID()).isEqualTo(0xbeef);
            assertThat(message.getHeader().printFlags()).isEqualTo("qr aa rd ");
        });
        // Sorted, since a comparison in any order would take a minute. The SOA comes twice.
        assertThat(records(messages).stream().map(Record::toString).distinct().sorted())
                .containsExactlyElementsOf(
                        large.records().map(Record::toString).sorted().toList());
    }

    @Test
    void aTransferIsCountedAndTellsTheSerial() {
        assertThat(axfr().response().outcome()).isEqualTo(Outcome.TRANSFERRED);
        assertThat(axfr().response().serial()).hasValue(SERIAL);
    }

    @Test
    void anOlderSerialGetsEachStepFromThere() {
        Dig ixfr = ixfr(SERIAL).in(JOURNAL);

        assertThat(ixfr.response().outcome()).isEqualTo(Outcome.TRANSFERRED_CHANGES);
        assertThat(shortened(records(ixfr.answers())))
                .containsExactly(
                        "SOA +2",
                        "SOA +0",
                        "SRV 0 0 1",
                        "SRV 0 0 1",
                        "SOA +1",
                        "SRV 0 0 2",
                        "SRV 0 0 2",
                        "SOA +1",
                        "SRV 0 0 2",
                        "SRV 0 0 2",
                        "SOA +2",
                        "SRV 0 0 3",
                        "SRV 0 0 3",
                        "SOA +2");
    }

    @Test
    void theStepBeforeGetsOneStep() {
        assertThat(shortened(records(ixfr(SERIAL + 1).in(JOURNAL).answers())))
                .containsExactly(
                        "SOA +2", "SOA +1", "SRV 0 0 2", "SRV 0 0 2", "SOA +2", "SRV 0 0 3", "SRV 0 0 3", "SOA +2");
    }

    @Test
    void aSecondaryThatIsUpToDateGetsTheSoaAlone() {
        assertThat(shortened(records(ixfr(SERIAL + 2).in(JOURNAL).answers()))).containsExactly("SOA +2");
    }

    @Test
    void aNewerSerialThanTheZonesGetsTheSoaAlone() {
        assertThat(shortened(records(ixfr(SERIAL + 9).in(JOURNAL).answers()))).containsExactly("SOA +2");
    }

    @Test
    void anUnknownSerialGetsTheWholeZone() {
        Dig ixfr = ixfr(SERIAL - 1).in(JOURNAL);

        assertThat(ixfr.response().outcome()).isEqualTo(Outcome.TRANSFERRED);
        assertThat(records(ixfr.answers())).hasSize((int) MOVED_AGAIN.records().count() + 1);
    }

    @Test
    void byUdpTheSoaSaysThatTcpIsNeeded() {
        Message answer = dig(ORIGIN, "IXFR")
                .having(SERIAL)
                .in(JOURNAL)
                .as(Access.TRANSFER)
                .answer();

        assertThat(shortened(answer.getSection(Section.ANSWER))).containsExactly("SOA +2");
    }

    @Test
    void theWholeZoneIsNotForUdp() {
        assertThat(dig(ORIGIN, "AXFR").as(Access.TRANSFER).answer().getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void changesSinceNoSerialAreNotUnderstood() {
        Dig ixfr = dig(ORIGIN, "IXFR").tcp().as(Access.TRANSFER);

        assertThat(ixfr.answer().getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aNameInsideTheZoneIsNoZone() {
        Dig axfr = dig("_udp." + ORIGIN, "AXFR").tcp().as(Access.TRANSFER);

        assertThat(axfr.answer().getRcode()).isEqualTo(Rcode.NOTAUTH);
    }

    @Test
    void aTransferWithoutEdnsHasNoOptRecord() {
        assertThat(axfr().noEdns().answers())
                .allSatisfy(message -> assertThat(message.getOPT()).isNull());
        assertThat(axfr().answers())
                .allSatisfy(message -> assertThat(message.getOPT()).isNotNull());
    }

    @Test
    void aHistoryLongerThanTheZoneIsForgottenFromItsBeginning() {
        Zone[] versions = IntStream.range(0, 600)
                .mapToObj(i -> ofAlice("203.0.113.1:" + (1 + i), SERIAL + i))
                .toArray(Zone[]::new);
        Journal journal = Journal.of(versions[0]);
        for (int i = 1; i < versions.length; i++) {
            journal = journal.next(versions[i]);
        }

        assertThat(journal.since(SERIAL + 598))
                .hasValueSatisfying(steps -> assertThat(steps).hasSize(1));
        assertThat(journal.since(SERIAL)).isEmpty();
        assertThat(journal.since(SERIAL + 599)).isEmpty();
    }

    @Test
    void changesLargerThanTheZoneAreNotWorthIt() {
        Zone nobody = zone(List.of());
        Zone crowd = zoneOf(300).withSerial(SERIAL + 1);
        Journal journal = Journal.of(nobody).next(crowd).next(nobody.withSerial(SERIAL + 2));

        assertThat(ixfr(SERIAL).in(journal).response().outcome()).isEqualTo(Outcome.TRANSFERRED);
    }

    @Test
    void aZoneWhoseSerialIsNotGreaterBeginsANewHistory() {
        Journal journal = Journal.of(MOVED).next(ONE);

        assertThat(journal.zone()).isSameAs(ONE);
        assertThat(journal.since(SERIAL + 1)).isEmpty();
    }

    @Test
    void bothPeersOfAStepGoTogether() {
        Zone withBob = zone(List.of(
                        advertisement(ALICE, "203.0.113.1:2", List.of("10.0.0.1/32")),
                        advertisement(BOB, "203.0.113.2:2", List.of("10.0.0.2/32"))))
                .withSerial(SERIAL + 1);
        List<String> records =
                shortened(records(ixfr(SERIAL).in(Journal.of(ONE).next(withBob)).answers()));

        assertThat(records)
                .startsWith("SOA +1", "SOA +0", "SRV 0 0 1", "SRV 0 0 1", "SOA +1")
                .endsWith("SOA +1");
        assertThat(records).contains("SRV 0 0 2", "PTR", "TXT");
    }

    private static Dig axfr() {
        return dig(ORIGIN, "AXFR").tcp().as(Access.TRANSFER);
    }

    private static Dig ixfr(long serial) {
        return dig(ORIGIN, "IXFR").having(serial).tcp().as(Access.TRANSFER);
    }

    private static Zone ofAlice(String endpoint, long serial) {
        return zone(List.of(advertisement(ALICE, endpoint, List.of("10.0.0.1/32"))))
                .withSerial(serial);
    }

    private static List<Record> records(List<Message> messages) {
        List<Record> records = new ArrayList<>();
        messages.forEach(message -> records.addAll(message.getSection(Section.ANSWER)));
        return records;
    }

    /** Returns records without what is the same in all of them here. */
    private static List<String> shortened(List<Record> records) {
        return records.stream()
                .map(record -> record instanceof SOARecord soa
                        ? "SOA +" + (soa.getSerial() - SERIAL)
                        : Type.string(record.getType())
                                + (record.getType() == Type.SRV
                                        ? " " + record.rdataToString().replaceAll(" [^ ]*$", "")
                                        : ""))
                .toList();
    }
}
