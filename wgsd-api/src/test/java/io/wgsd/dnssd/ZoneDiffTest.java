package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.ALICE;
import static io.wgsd.dnssd.Samples.BOB;
import static io.wgsd.dnssd.Samples.NAMES;
import static io.wgsd.dnssd.Samples.advertisement;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class ZoneDiffTest {

    private static final ZoneOptions OPTIONS = ZoneOptions.builder(NAMES).build();

    @Test
    void aMovedPeerChangesItsServiceTextAndAddresses() {
        Zone earlier = zone(advertisement(ALICE, "192.0.2.1:1"), advertisement(BOB, "192.0.2.2:2"));
        Zone later = zone(advertisement(ALICE, "192.0.2.9:9"), advertisement(BOB, "192.0.2.2:2"));

        ZoneDiff difference = ZoneDiff.between(earlier, later);

        assertThat(types(difference.removed())).containsExactlyInAnyOrder("A", "A", "SRV", "SRV");
        assertThat(types(difference.added())).containsExactlyInAnyOrder("A", "A", "SRV", "SRV");
        assertThat(difference.added())
                .allMatch(record -> NAMES.key(record.getName()).orElseThrow().equals(ALICE));
    }

    @Test
    void theSameZoneDoesNotDiffer() {
        assertThat(ZoneDiff.between(
                                zone(advertisement(ALICE, "192.0.2.1:1")), zone(advertisement(ALICE, "192.0.2.1:1")))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void removedAndAddedTurnOneZoneIntoTheOther() {
        assertTurnsInto(
                zone(advertisement(ALICE, "192.0.2.1:1"), advertisement(BOB, "192.0.2.2:2")),
                zone(advertisement(BOB, "192.0.2.2:3"), advertisement(Samples.key(3), "192.0.2.3:3")));
    }

    @Test
    void thatHoldsWhereListsAreSplitAndJoinedAgain() {
        // Keys that begin alike, so that lists of lists are needed.
        ZoneOptions options = ZoneOptions.builder(NAMES).listLimit(4).build();
        List<Advertisement> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] key = new byte[PublicKey.LENGTH];
            key[0] = (byte) (i % 4 == 0 ? 0x80 : 0xff);
            key[1] = (byte) (i << 6);
            key[2] = (byte) i;
            all.add(advertisement(PublicKey.of(key), "192.0.2.1:1"));
        }
        Zone earlier = Zone.of(options, all, 1);
        for (int size : new int[] {39, 12, 5, 4, 3, 0, 4, 5, 20, 40}) {
            Zone later = Zone.of(options, all.subList(0, size), 1);

            assertTurnsInto(earlier, later);

            assertThat(later.recordCount()).isEqualTo(later.records().count());
            earlier = later;
        }
    }

    private static void assertTurnsInto(Zone earlier, Zone later) {
        ZoneDiff difference = ZoneDiff.between(earlier, later);
        Set<Record> records = recordsOf(earlier);
        assertThat(records.containsAll(difference.removed())).isTrue();
        difference.removed().forEach(records::remove);
        records.addAll(difference.added());
        assertThat(records).isEqualTo(recordsOf(later));
    }

    private static Set<Record> recordsOf(Zone zone) {
        return zone.records()
                .filter(record -> record.getType() != Type.SOA)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Zone zone(Advertisement... peers) {
        return Zone.of(OPTIONS, List.of(peers), 1);
    }

    private static List<String> types(List<Record> records) {
        return records.stream().map(record -> Type.string(record.getType())).toList();
    }
}
