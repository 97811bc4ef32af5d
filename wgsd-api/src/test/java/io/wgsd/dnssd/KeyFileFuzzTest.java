package io.wgsd.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.FormatException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.xbill.DNS.Record;

/** Files of keys are read, or refused with the one exception that says so. */
final class KeyFileFuzzTest {

    private static final String PUBLIC =
            "example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=\n";

    @FuzzTest(maxDuration = "10m")
    void aKeyIsReadOrRefused(byte[] input) {
        byte[] half = Arrays.copyOf(input, input.length / 2);
        byte[] rest = Arrays.copyOfRange(input, half.length, input.length);
        parse(PUBLIC, input);
        parse(new String(half, StandardCharsets.ISO_8859_1), rest);
    }

    @FuzzTest(maxDuration = "10m")
    void anAnchorIsReadOrRefused(byte[] input) {
        try {
            for (Record record : TrustAnchors.parse(Samples.NAMES, new String(input, StandardCharsets.ISO_8859_1))) {
                assertThat(record.getName()).isEqualTo(Samples.name("example.com."));
            }
        } catch (FormatException e) {
            assertThat(e).hasMessageContaining("must be");
        }
    }

    private static void parse(String publicText, byte[] privateText) {
        try {
            KeyFile.parse("k", publicText, privateText, Instant.EPOCH)
                    .ifPresent(key -> assertThat(key.dnskey().getFlags()).isEqualTo(SigningKey.FLAGS));
        } catch (FormatException e) {
            assertThat(e).hasMessageContaining("must");
        }
    }
}
