package io.wgsd.dnssd.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** What is read as a plain master file is what the general reader makes of it. */
class PlainZoneTextFuzzTest {

    private static final Name ORIGIN = Name.fromConstantString("example.com.");

    @FuzzTest(maxDuration = "10m")
    void aPlainFileIsReadAsAnyOtherIs(byte[] input) throws IOException {
        Optional<List<Record>> plain = PlainZoneText.parse(ORIGIN, input);
        if (plain.isPresent()) {
            assertThat(texts(plain.get())).isEqualTo(texts(general(input)));
        }
    }

    static List<Record> general(byte[] text) throws IOException {
        List<Record> records = new ArrayList<>();
        try (Master master = new Master(new ByteArrayInputStream(text), ORIGIN)) {
            master.disableIncludes(true);
            master.expandGenerate(false);
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                records.add(record);
            }
        }
        return records;
    }

    /** Returns what the records are, whatever the letter case of their names. */
    static List<String> texts(List<Record> records) {
        return records.stream()
                .map(record -> record.getName().canonicalize()
                        + record.toString()
                                .substring(record.getName().toString().length()))
                .toList();
    }
}
