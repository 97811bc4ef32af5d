package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hex is the form of WireGuard's userspace protocol: 64 digits, written in lower case and read in either. */
class PublicKeyHexTest {

    private static final String ALICE = WgKeys.ALICE.publicHex();

    @Test
    void readsAndWritesWhatEveryOtherEncoderWrites() {
        Random seeded = new Random(16);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = WgKeys.next(seeded);
            String text = HexFormat.of().formatHex(bytes);
            assertThat(PublicKey.of(bytes).toHex()).isEqualTo(text);
            assertThat(PublicKey.parseHex(text).toBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void isReadInUpperCaseAndWrittenInLower() {
        assertThat(PublicKey.parseHex(ALICE.toUpperCase(Locale.ROOT)).toHex()).isEqualTo(ALICE);
    }

    @Test
    void refusesEveryCharacterThatIsNoDigitAtEveryPlace() {
        for (int at = 0; at < 64; at++) {
            for (char c = 0; c < 0x180; c++) {
                if ("0123456789abcdefABCDEF".indexOf(c) < 0) {
                    String text = ALICE.substring(0, at) + c + ALICE.substring(at + 1);
                    assertThat(isKey(text))
                            .as("character %d at %d", (int) c, at)
                            .isFalse();
                }
            }
        }
    }

    static Stream<String> noKeys() {
        return Stream.of("", ALICE.substring(1), ALICE + "0", "0x" + ALICE.substring(2), ALICE + "\n");
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> PublicKey.parseHex(text))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("public key \"")
                .hasMessageEndingWith("\": must be 64 hex digits");
    }

    private static boolean isKey(String text) {
        try {
            PublicKey.parseHex(text);
            return true;
        } catch (FormatException e) {
            return false;
        }
    }
}
