package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.ALICE;
import static io.wgsd.dnssd.Samples.ALICE_BASE32;
import static io.wgsd.dnssd.Samples.NAMES;
import static io.wgsd.dnssd.Samples.advertisement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Master;
import org.xbill.DNS.Record;

class ZoneFileTest {

    private final Zone zone =
            Zone.of(ZoneOptions.builder(NAMES).build(), List.of(advertisement(ALICE, "192.0.2.1:1", "10.0.0.1/32")), 1);

    @Test
    void paddingInNamesIsEscapedAndInTextItIsNot() {
        assertThat(ZoneFile.text(zone).lines())
                .contains(
                        ALICE_BASE32 + "\\061\\061\\061\\061._wireguard._udp.example.com. 1 IN SRV 0 0 1 "
                                + ALICE_BASE32 + ".example.com.",
                        "_wireguard._udp.example.com. 1 IN PTR " + ALICE_BASE32
                                + "\\061\\061\\061\\061._wireguard._udp.example.com.")
                .anyMatch(line -> line.contains("\"pub=" + ALICE + "\""));
    }

    @Test
    void theSoaComesFirst() {
        assertThat(ZoneFile.text(zone))
                .startsWith("example.com. 1 IN SOA ns1.example.com. postmaster.example.com. 1 60 ");
    }

    @Test
    void itIsReadBackAsTheSameRecords() throws IOException {
        List<Record> read = new ArrayList<>();
        try (Master master = new Master(
                new ByteArrayInputStream(ZoneFile.text(zone).getBytes(StandardCharsets.US_ASCII)), NAMES.origin())) {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                read.add(record);
            }
        }

        assertThat(read).containsExactlyElementsOf(zone.records().toList());
    }

    @Test
    void aTimeThatNoRecordCanHaveIsRefused() {
        String line = "a.example.com. 60 IN RRSIG A 15 3 60 22261231025419 20261201015419 1 example.com. AAECAw==\n";

        assertThatThrownBy(() -> ZoneFile.parse(NAMES.origin(), line.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("a time of a.example.com. RRSIG has more than 32 bits");
    }
}
