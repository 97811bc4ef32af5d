package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.NAMES;
import static io.wgsd.dnssd.Samples.advertisement;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.PublicKey;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Whatever peers two zones have, their difference turns one into the other, and each zone finds what it has. */
class ZoneDiffFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void removedAndAddedTurnAnyZoneIntoAnyOther(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ZoneOptions options =
                ZoneOptions.builder(NAMES).listLimit(1 + (input[0] & 15)).build();
        int middle = 1 + (input.length - 1) / 2;
        Zone earlier = Zone.of(options, peers(input, 1, middle), 1);
        Zone later = Zone.of(options, peers(input, middle, input.length), 1);

        ZoneDiff difference = ZoneDiff.between(earlier, later);

        Set<Record> records = recordsOf(earlier);
        assertThat(records.containsAll(difference.removed())).isTrue();
        difference.removed().forEach(records::remove);
        records.addAll(difference.added());
        assertThat(records).isEqualTo(recordsOf(later));
        assertThat(later.recordCount()).isEqualTo(later.records().count());
        for (ZoneNode node : later.nodes()) {
            assertThat(later.find(node.name()).orElseThrow().rrsets()).isEqualTo(node.rrsets());
        }
    }

    /** Takes a peer of each byte: five bits of the beginning of its key, three of where it is. */
    private static List<Advertisement> peers(byte[] input, int from, int to) {
        TreeMap<PublicKey, Advertisement> peers = new TreeMap<>(Comparator.naturalOrder());
        for (int i = from; i < to; i++) {
            byte[] bytes = new byte[PublicKey.LENGTH];
            bytes[0] = (byte) (input[i] & 0xc0);
            bytes[1] = (byte) ((input[i] & 0x38) << 2);
            PublicKey key = PublicKey.of(bytes);
            peers.put(key, advertisement(key, "192.0.2.1:" + (1 + (input[i] & 7))));
        }
        return List.copyOf(peers.values());
    }

    private static Set<Record> recordsOf(Zone zone) {
        return zone.records()
                .filter(record -> record.getType() != Type.SOA)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
