package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One key has one spelling in base64, as wireguard-tools' encoding.c has it. */
class PublicKeyBase64Test {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String ALICE = WgKeys.ALICE.publicBase64();

    @Test
    void readsAndWritesWhatEveryOtherEncoderWrites() {
        Random seeded = new Random(64);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = WgKeys.next(seeded);
            String text = Base64.getEncoder().encodeToString(bytes);
            assertThat(PublicKey.of(bytes).toBase64()).isEqualTo(text);
            assertThat(PublicKey.parse(text).toBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void acceptsOneOfFourLastCharacters() {
        // The last character carries four bits of the key; its other two are spare and must be zero.
        String accepted = ALPHABET.chars()
                .filter(last -> isKey(ALICE.substring(0, 42) + (char) last + "="))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(accepted).isEqualTo("AEIMQUYcgkosw048");
    }

    @Test
    void refusesEverySpellingWithSpareBits() {
        Random seeded = new Random(65);
        for (int i = 0; i < 200; i++) {
            String text = PublicKey.of(WgKeys.next(seeded)).toBase64();
            int last = ALPHABET.indexOf(text.charAt(42));
            for (int spare = 1; spare < 4; spare++) {
                String other = text.substring(0, 42) + ALPHABET.charAt(last | spare) + "=";
                // The JDK's decoder takes it for the same key.
                assertThat(Base64.getDecoder().decode(other))
                        .isEqualTo(PublicKey.parse(text).toBytes());
                assertThat(isKey(other)).as(other).isFalse();
            }
        }
    }

    @Test
    void refusesEveryCharacterOutsideTheAlphabetAtEveryPlace() {
        for (int at = 0; at < 43; at++) {
            for (char c = 0; c < 0x180; c++) {
                if (ALPHABET.indexOf(c) < 0) {
                    String text = ALICE.substring(0, at) + c + ALICE.substring(at + 1);
                    assertThat(isKey(text))
                            .as("character %d at %d", (int) c, at)
                            .isFalse();
                }
            }
        }
    }

    static Stream<String> noKeys() {
        return Stream.of(
                "",
                "=",
                ALICE.substring(0, 43),
                ALICE + "=",
                ALICE + "\n",
                " " + ALICE,
                ALICE.substring(0, 42) + "==",
                ALICE.substring(0, 43) + "A",
                ALICE.substring(1),
                ALICE + ALICE,
                "A".repeat(44),
                WgKeys.ALICE.publicHex(),
                WgKeys.ALICE.publicBase32());
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> PublicKey.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("public key \"")
                .hasMessageEndingWith(
                        "\": must be 32 bytes in base64: 44 characters that end in \"=\", as wg prints them");
    }

    private static boolean isKey(String text) {
        try {
            PublicKey.parse(text);
            return true;
        } catch (FormatException e) {
            return false;
        }
    }
}
