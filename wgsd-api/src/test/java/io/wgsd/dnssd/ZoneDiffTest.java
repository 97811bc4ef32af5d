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
import java.util.Random;
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
    void removedAndAddedTurnAnyZoneIntoAnyOther() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            Zone earlier = randomZone(random);
            Zone later = randomZone(random);
            ZoneDiff difference = ZoneDiff.between(earlier, later);

            Set<Record> records = recordsOf(earlier);
            assertThat(records.containsAll(difference.removed())).isTrue();
            difference.removed().forEach(records::remove);
            records.addAll(difference.added());

            assertThat(records).isEqualTo(recordsOf(later));
        }
    }

    @Test
    void thatHoldsWhereListsAreSplitAndJoinedAgain() {
        // So long a name that a list holds few peers, and keys that begin alike so that lists of lists are needed.
        DnsSdNames names = DnsSdNames.parse(("a".repeat(60) + ".").repeat(2) + "example.com");
        ZoneOptions options = ZoneOptions.builder(names).build();
        Random random = new Random(2);
        List<Advertisement> all = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            byte[] key = new byte[PublicKey.LENGTH];
            random.nextBytes(key);
            key[0] = (byte) (random.nextInt(4) == 0 ? 0x80 : 0xff);
            key[1] &= (byte) 0xc0;
            all.add(advertisement(PublicKey.of(key), "192.0.2.1:1"));
        }
        Zone earlier = Zone.of(options, all, 1);
        for (int round = 0; round < 30; round++) {
            int most = random.nextInt(all.size() + 1);
            List<Advertisement> some = new ArrayList<>(all.subList(0, most));
            if (random.nextBoolean() && most > 0) {
                some.remove(random.nextInt(most));
            }
            Zone later = Zone.of(options, some, 1);
            ZoneDiff difference = ZoneDiff.between(earlier, later);

            Set<Record> records = recordsOf(earlier);
            assertThat(records.containsAll(difference.removed())).isTrue();
            difference.removed().forEach(records::remove);
            records.addAll(difference.added());
            assertThat(records).isEqualTo(recordsOf(later));
            assertThat(later.recordCount()).isEqualTo(later.records().count());
            assertThat(later.nodes())
                    .allSatisfy(node -> assertThat(
                                    later.find(node.name()).orElseThrow().rrsets())
                            .isEqualTo(node.rrsets()));
            earlier = later;
        }
    }

    private static Set<Record> recordsOf(Zone zone) {
        return zone.records()
                .filter(record -> record.getType() != Type.SOA)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Zone randomZone(Random random) {
        List<Advertisement> peers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            if (random.nextBoolean()) {
                peers.add(
                        advertisement(Samples.key(i), "192.0.2." + random.nextInt(3) + ":" + (1 + random.nextInt(2))));
            }
        }
        return Zone.of(OPTIONS, peers, 1);
    }

    private static Zone zone(Advertisement... peers) {
        return Zone.of(OPTIONS, List.of(peers), 1);
    }

    private static List<String> types(List<Record> records) {
        return records.stream().map(record -> Type.string(record.getType())).toList();
    }
}
