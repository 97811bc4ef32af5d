package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;

/**
 * Keys, their files and their signatures, by the example of RFC 8080, section 6.1, and the library's own verification.
 */
class SigningKeyTest {

    private static final DnsSdNames ZONE = Samples.NAMES;
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);
    private static final String EXAMPLE_KEY =
            "; a comment\nexample.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=\n";
    private static final String EXAMPLE_PRIVATE = "Private-key-format: v1.2\nAlgorithm: 15 (ED25519)\n"
            + "PrivateKey: ODIyNjAzODQ2MjgwODAxMjI2NDUxOTAyMDQxNDIyNjI=\n";

    @Test
    void theStandardsExampleIsSignedAsItIsThere() {
        SigningKey key = parse(EXAMPLE_KEY, EXAMPLE_PRIVATE);
        MXRecord mail = new MXRecord(ZONE.origin(), DClass.IN, 3600, 10, name("mail.example.com."));

        RRSIGRecord signature =
                key.sign(List.of(mail), Instant.ofEpochSecond(1_438_207_200L), Instant.ofEpochSecond(1_440_021_600L));

        assertThat(key.tag()).isEqualTo(3613);
        assertThat(Base64.getEncoder().encodeToString(signature.getSignature()))
                .isEqualTo("oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==");
        assertThat(key.ds().rdataToString())
                .isEqualTo("3613 15 2 3AA5AB37EFCE57F737FC1627013FEE07BDF241BD10F3B1964AB55C78E79A304B");
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void anRrsetOfManyRecordsIsSignedInItsCanonicalOrder(SigningAlgorithm algorithm) throws Exception {
        SigningKey key = SigningKey.generate(ZONE, algorithm, NOW);
        List<Record> rrset = new ArrayList<>();
        for (byte i = 9; i >= 1; i--) {
            rrset.add(new ARecord(name("Host.Example.com."), DClass.IN, 0, InetAddress.getByAddress(new byte[] {
                (byte) (i * 40), 0, 0, i
            })));
        }

        RRSIGRecord signature = key.sign(rrset, NOW, LATER);

        assertThatCode(() -> DNSSEC.verify(
                        new RRset(rrset.toArray(Record[]::new)), signature, key.dnskey(), NOW.plusSeconds(1)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void aKeysFilesHoldTheKey(SigningAlgorithm algorithm) {
        SigningKey key = SigningKey.generate(ZONE, algorithm, NOW);

        SigningKey read = KeyFile.parse("k", KeyFile.publicText(key), KeyFile.privateText(key), NOW)
                .orElseThrow();

        assertThat(read.dnskey()).isEqualTo(key.dnskey());
        assertThat(read.created()).isEqualTo(NOW);
        assertThat(KeyFile.privateText(read)).isEqualTo(KeyFile.privateText(key));
    }

    @Test
    void theFilesAreNamedAsBindNamesThem() {
        assertThat(KeyFile.baseName(parse(EXAMPLE_KEY, EXAMPLE_PRIVATE))).isEqualTo("Kexample.com.+015+03613");
    }

    @ParameterizedTest
    @CsvSource({
        "Activate, 20260101115959, true",
        "Activate, 20260101120001, false",
        "Inactive, 20260101120001, true",
        "Inactive, 20260101115959, false",
        "Delete,   20260101115959, false",
        "Publish,  20990101000000, true",
    })
    void aKeySignsWhileItsTimesSaySo(String field, String time, boolean signs) {
        String file = EXAMPLE_PRIVATE + field + ": " + time + "\n";

        assertThat(KeyFile.parse("k", EXAMPLE_KEY, file.getBytes(StandardCharsets.US_ASCII), NOW)
                        .isPresent())
                .isEqualTo(signs);
    }

    @Test
    void aKeyWithAnothersPrivatePartIsRefusedWithoutShowingIt() {
        SigningKey other = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, NOW);

        assertThatThrownBy(() -> KeyFile.parse("k", EXAMPLE_KEY, KeyFile.privateText(other), NOW))
                .isInstanceOf(FormatException.class)
                .hasMessage("private key file k: must hold the private key of the public one beside it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com. IN DNSKEY 256 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4= | must be 257",
                "example.com. IN DNSKEY 257 3 8 AwEAAQ== | must be 15 (Ed25519) or 13",
                "example.com. IN A 10.0.0.1 | must hold one DNSKEY record",
                "example.com. IN DNSKEY 257 3 15 | must hold one DNSKEY record",
                "'' | must hold one DNSKEY record",
            })
    void anotherPublicKeyIsRefused(String publicText, String words) {
        assertThatThrownBy(() -> parse(publicText, EXAMPLE_PRIVATE))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Algorithm: 15 | must have a line \"PrivateKey: \"",
                "PrivateKey: AAAA | must hold the private key",
                "PrivateKey: not base64 at all | must hold the private key",
                "Created: yesterday | must be a time as in 20260101000000",
            })
    void aBrokenPrivateFileIsRefused(String privateText, String words) {
        assertThatThrownBy(() -> parse(
                        EXAMPLE_KEY, privateText + "\n" + (privateText.startsWith("Created") ? EXAMPLE_PRIVATE : "")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void aKeyNeverShowsItsPrivatePart() {
        assertThat(parse(EXAMPLE_KEY, EXAMPLE_PRIVATE)).hasToString("SigningKey[example.com., ED25519, 3613]");
    }

    private static SigningKey parse(String publicText, String privateText) {
        return KeyFile.parse("k", publicText, privateText.getBytes(StandardCharsets.US_ASCII), NOW)
                .orElseThrow();
    }
}
