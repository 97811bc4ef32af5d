package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Base32 (RFC 4648, section 6) is the form of DNS names: any letter case, padded in whole or not at all. */
class PublicKeyBase32Test {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String ALICE = WgKeys.ALICE.publicBase32();

    @Test
    void writesFiveBitsToALetter() {
        Random seeded = new Random(32);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = WgKeys.next(seeded);
            String text = PublicKey.of(bytes).toBase32();
            assertThat(text).isEqualTo(bitByBit(bytes));
            assertThat(PublicKey.parseBase32(text).toBytes()).isEqualTo(bytes);
        }
    }

    static Stream<String> spellingsOfAlice() {
        return Stream.of(
                ALICE,
                ALICE.toUpperCase(Locale.ROOT),
                ALICE.substring(0, 20).toUpperCase(Locale.ROOT) + ALICE.substring(20),
                ALICE + "====",
                ALICE.toUpperCase(Locale.ROOT) + "====");
    }

    @ParameterizedTest
    @MethodSource("spellingsOfAlice")
    void isReadInAnyCaseWithAndWithoutPadding(String text) {
        assertThat(PublicKey.parseBase32(text)).isEqualTo(WgKeys.ALICE.publicKey());
    }

    @Test
    void isWrittenInLowerCaseWithoutPadding() {
        assertThat(PublicKey.parseBase32(ALICE.toUpperCase(Locale.ROOT) + "====")
                        .toBase32())
                .isEqualTo(ALICE)
                .hasSize(52);
    }

    @Test
    void acceptsTwoOfThirtyTwoLastLetters() {
        // The last letter carries one bit of the key; its other four are spare and must be zero.
        String accepted = Arrays.stream(ALPHABET.split(""))
                .filter(last -> isKey(ALICE.substring(0, 51) + last))
                .collect(Collectors.joining());
        assertThat(accepted).isEqualTo("aq");
    }

    @Test
    void refusesEveryCharacterOutsideTheAlphabetAtEveryPlace() {
        String both = ALPHABET + ALPHABET.toUpperCase(Locale.ROOT);
        for (int at = 0; at < 52; at++) {
            for (char c = 0; c < 0x180; c++) {
                if (both.indexOf(c) < 0) {
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
                "====",
                ALICE.substring(0, 51),
                ALICE + "a",
                ALICE + "=",
                ALICE + "==",
                ALICE + "===",
                ALICE + "=====",
                ALICE + "===a",
                "====" + ALICE,
                ALICE.substring(0, 48) + "====",
                ALICE.substring(0, 48) + "========",
                ALICE + "aaaa",
                // A long s and a Kelvin sign are letters of the alphabet, but only in the other case.
                "\u017f" + ALICE.substring(1),
                "\u212a" + ALICE.substring(1));
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> PublicKey.parseBase32(text))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("public key \"")
                .hasMessageEndingWith("\": must be 32 bytes in base32: 52 characters, or 56 with the padding \"====\"");
    }

    private static String bitByBit(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 256; bit += 5) {
            int letter = 0;
            for (int i = bit; i < bit + 5; i++) {
                letter = 2 * letter + (i < 256 ? bytes[i / 8] >> (7 - i % 8) & 1 : 0);
            }
            text.append(ALPHABET.charAt(letter));
        }
        return text.toString();
    }

    private static boolean isKey(String text) {
        try {
            PublicKey.parseBase32(text);
            return true;
        } catch (FormatException e) {
            return false;
        }
    }
}
