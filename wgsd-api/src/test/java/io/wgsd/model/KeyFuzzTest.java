package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

final class KeyFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aKeyHasOneSpelling(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<PublicKey> base64 = Parsed.by(PublicKey::parse, text);
        Optional<PublicKey> hex = Parsed.by(PublicKey::parseHex, text);
        Optional<PublicKey> base32 = Parsed.by(PublicKey::parseBase32, text);

        base64.ifPresent(key -> assertThat(key.toBase64()).isEqualTo(text));
        hex.ifPresent(key -> assertThat(key.toHex()).isEqualTo(lower(text)));
        base32.ifPresent(key -> assertThat(lower(text)).isIn(key.toBase32(), key.toBase32() + "===="));

        base64.ifPresent(KeyFuzzTest::assertEverySpellingIsRead);
        hex.ifPresent(KeyFuzzTest::assertEverySpellingIsRead);
        base32.ifPresent(KeyFuzzTest::assertEverySpellingIsRead);
    }

    @FuzzTest(maxDuration = "10m")
    void aSecretIsReadAsAPublicKeyIsAndNeverQuoted(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<PublicKey> base64 = Parsed.by(PublicKey::parse, text);
        Optional<PublicKey> hex = Parsed.by(PublicKey::parseHex, text);

        assertSame(base64, SecretKey::parseBase64, input);
        assertSame(base64, SecretKey::parseBase64, text.toCharArray());
        assertSame(hex, SecretKey::parseHex, input);
        assertSame(hex, SecretKey::parseHex, text.toCharArray());
    }

    /** The Java runtime's own codecs are the measure. */
    private static void assertEverySpellingIsRead(PublicKey key) {
        byte[] bytes = key.toBytes();
        assertThat(key.toBase64()).isEqualTo(Base64.getEncoder().encodeToString(bytes));
        assertThat(key.toHex()).isEqualTo(HexFormat.of().formatHex(bytes));
        assertThat(PublicKey.of(bytes)).isEqualTo(key).hasSameHashCodeAs(key).isEqualByComparingTo(key);
        assertThat(PublicKey.parse(key.toBase64())).isEqualTo(key);
        assertThat(PublicKey.parseHex(key.toHex())).isEqualTo(key);
        assertThat(PublicKey.parseBase32(key.toBase32())).isEqualTo(key);
    }

    private static <S> void assertSame(Optional<PublicKey> expected, Function<S, SecretKey> parser, S text) {
        if (expected.isEmpty()) {
            // The whole of the message, so that nothing of the text can be in it.
            assertThat(catchThrowable(() -> parser.apply(text)))
                    .isInstanceOf(FormatException.class)
                    .hasNoCause()
                    .message()
                    .isIn(
                            "secret key: must be 32 bytes in base64: 44 characters that end in \"=\"",
                            "secret key: must be 64 hex digits");
            return;
        }
        try (SecretKey key = parser.apply(text)) {
            byte[] bytes = expected.get().toBytes();
            assertThat(Arrays.equals(key.toBytes(), bytes))
                    .as("the bytes are the same")
                    .isTrue();
            assertThat(Arrays.equals(key.toBase64(), ascii(expected.get().toBase64())))
                    .as("the base64 is the same")
                    .isTrue();
            assertThat(Arrays.equals(key.toHex(), ascii(expected.get().toHex())))
                    .as("the hex is the same")
                    .isTrue();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Lower case of ASCII alone: {@link String#toLowerCase} makes letters of what is none, as of the Kelvin sign. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return lower.toString();
    }
}
