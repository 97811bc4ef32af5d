package io.wgsd.dnssd.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

class PlainZoneTextTest {

    private static final Name ORIGIN = Name.fromConstantString("example.com.");
    private static final String SIGNATURE =
            "a.example.com. 60 IN RRSIG A 15 3 60 20261231025419 20261201015419 33545 example.com. AAECAw==";
    private static final String PLAIN = String.join(
            "\n",
            "; a comment",
            "example.com. 60 IN SOA ns1.example.com. postmaster.example.com. 7 60 10 2592000 60",
            "",
            "a.example.com. 60 IN A 10.0.0.1",
            SIGNATURE,
            "a.example.com. 60 IN TXT \"pub=a b; c\" \"d\"",
            "b.example.com. 3600 IN NSEC example.com. A RRSIG NSEC",
            "b.example.com. 3600 IN AAAA fd00:0:0:0:0:0:0:2",
            "");

    @Test
    void aPlainFileIsReadAsTheGeneralReaderReadsIt() throws IOException {
        byte[] text = PLAIN.getBytes(StandardCharsets.US_ASCII);

        Optional<List<Record>> records = PlainZoneText.parse(ORIGIN, text);

        assertThat(records.map(PlainZoneTextFuzzTest::texts))
                .hasValue(PlainZoneTextFuzzTest.texts(PlainZoneTextFuzzTest.general(text)));
        assertThat(records.orElseThrow()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$ORIGIN example.org.",
                "a\\061.example.com. 60 IN A 10.0.0.1",
                "$TTL 60",
                "a 60 IN A 10.0.0.1",
                " 60 IN A 10.0.0.1",
                "a.example.com. IN A 10.0.0.1",
                "a.example.com. 60 A 10.0.0.1",
                "a.example.com. 1h IN A 10.0.0.1",
                "a.example.com. 60 CH A 10.0.0.1",
                "a.example.com.\t60 IN A 10.0.0.1",
                "a.example.com. 60 IN TXT \"begins here",
                "a.example.com. 60 IN TXT ( a",
                "a.example.com. 60 IN TXT \"a\\\"b\"",
                "a.example.com. 60 IN A 10.0.0.256",
                "a.example.com. 60 IN A 10.0.0.1\r",
                "\u00fc.example.com. 60 IN A 10.0.0.1",
                "a.example.com. 60 IN RRSIG A 15 2 60 20261231025419 20261201015419 33545 example.com. AAECAw==",
                "a.example.com. 60 IN RRSIG A 15 3 60 20261331025419 20261201015419 33545 example.com. AAECAw==",
                "a.example.com. 60 IN RRSIG A 15 3 60 20261231025419 20261201015419 33545 example AAECAw==",
                "a.example.com. 60 IN RRSIG A 15 3 60 20261231025419 20261201015419 65536 example.com. AAECAw==",
                "a.example.com. 60 IN RRSIG A 15 3 60 20261231025419 20261201015419 33545 example.com. AAEC Aw==",
                "a.example.com. 60 IN RRSIG A 15 3 60 20261231025419 20261201015419 33545 example.com. AAECAw"
            })
    void whatIsNotSoPlainIsLeftToTheGeneralReader(String line) {
        byte[] text = (SIGNATURE + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8);

        assertThat(PlainZoneText.parse(ORIGIN, text)).isEmpty();
    }

    @Test
    void whateverIsChangedInAPlainFileItIsReadAsTheGeneralReaderReadsIt() throws IOException {
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] text = PLAIN.getBytes(StandardCharsets.US_ASCII);
            String signs = "\n \".;()\\$0129abzAZ=+/\t";
            for (int change = random.nextInt(3); change >= 0; change--) {
                text[random.nextInt(text.length)] = (byte) signs.charAt(random.nextInt(signs.length()));
            }
            Optional<List<Record>> records = PlainZoneText.parse(ORIGIN, text);
            if (records.isPresent()) {
                read++;
                assertThat(PlainZoneTextFuzzTest.texts(records.get()))
                        .as(new String(text, StandardCharsets.US_ASCII))
                        .isEqualTo(PlainZoneTextFuzzTest.texts(PlainZoneTextFuzzTest.general(text)));
            }
        }
        assertThat(read).isGreaterThan(1_000);
    }
}
