package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.ALICE;
import static io.wgsd.dnssd.Samples.BOB;
import static io.wgsd.dnssd.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Whatever records come from a registry, a peer and relays are read out of them, and written and read again. */
class AdvertisementParserFuzzTest {

    private static final List<Name> OWNERS = List.of(
            NAMES.instance(ALICE), NAMES.host(ALICE), NAMES.relays(), NAMES.relay(BOB), NAMES.host(BOB), Name.root);
    private static final int[] TYPES = {Type.TXT, Type.SRV, Type.A, Type.AAAA, Type.CNAME, Type.PTR};

    @FuzzTest(maxDuration = "10m")
    void aPeerIsReadOrRefused(byte[] input) {
        Advertisement read;
        try {
            read = AdvertisementParser.of(NAMES, ALICE).parse(records(input)).advertisement();
        } catch (FormatException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
            return;
        }
        assertThat(read.publicKey()).isEqualTo(ALICE);
        assertThat(read.relays()).hasSizeLessThanOrEqualTo(4).isSorted();
        if (!read.endpoints().isEmpty()) {
            Advertisement served = read.toBuilder().build();
            Advertisement again = AdvertisementParser.of(NAMES, ALICE)
                    .parse(PeerRecords.of(NAMES, served, Duration.ZERO).all())
                    .advertisement();
            assertThat(again.relays()).isEqualTo(read.relays());
            assertThat(again.natMapping()).isEqualTo(read.natMapping());
            assertThat(again.since()).isEqualTo(read.since());
            assertThat(again.allowedIps()).isSubsetOf(read.allowedIps());
        }
    }

    @FuzzTest(maxDuration = "10m")
    void relaysAreReadOrPassedOver(byte[] input) {
        List<RelayAdvertisement> read = RelayAdvertisement.parse(NAMES, records(input));

        ZoneOptions options = ZoneOptions.builder(NAMES).build().withRelays(read);
        List<Record> written = Zone.of(options, List.of(), 1).records().toList();
        assertThat(RelayAdvertisement.parse(NAMES, written)).isEqualTo(read);
        for (RelayAdvertisement relay : read) {
            PublicKey key = relay.publicKey();
            assertThat(key).isIn(ALICE, BOB);
            assertThat(relay.endpoints())
                    .extracting(Endpoint::port)
                    .containsOnly(relay.endpoints().get(0).port());
        }
    }

    /** Takes a record of each piece: a byte for owner and type, one for the length of its data, and these. */
    private static List<Record> records(byte[] input) {
        List<Record> records = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(input);
        while (rest.remaining() > 2) {
            int choice = rest.get() & 0xff;
            byte[] data = new byte[Math.min(rest.get() & 0xff, rest.remaining())];
            rest.get(data);
            Record record = Record.newRecord(
                    OWNERS.get(choice % OWNERS.size()),
                    TYPES[choice / OWNERS.size() % TYPES.length],
                    DClass.IN,
                    1,
                    data.length,
                    data);
            // Without one, no message could bring it.
            if (record != null) {
                records.add(record);
            }
        }
        return records;
    }
}
