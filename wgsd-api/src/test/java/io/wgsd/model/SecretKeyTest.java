package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret key as a value: where it comes from, in which forms it leaves, and which public key belongs to it. */
class SecretKeyTest {

    static Stream<WgKeys> keys() {
        return WgKeys.all();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isTheSameFromEachForm(WgKeys wg) {
        assertThat(Stream.of(
                        SecretKey.parseBase64(ascii(wg.privateBase64())),
                        SecretKey.parseBase64(wg.privateBase64().toCharArray()),
                        SecretKey.parseHex(ascii(wg.privateHex())),
                        SecretKey.parseHex(wg.privateHex().toCharArray()),
                        SecretKey.copyOf(wg.privateBytes())))
                .allSatisfy(key -> assertThat(key.toBytes()).isEqualTo(wg.privateBytes()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isWrittenAsWgWritesIt(WgKeys wg) {
        try (SecretKey key = SecretKey.copyOf(wg.privateBytes())) {
            assertThat(key.toBase64()).asString(StandardCharsets.US_ASCII).isEqualTo(wg.privateBase64());
            assertThat(key.toHex()).asString(StandardCharsets.US_ASCII).isEqualTo(wg.privateHex());
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void hasThePublicKeyThatWgPubkeyPrints(WgKeys wg) {
        try (SecretKey key = wg.privateKey()) {
            assertThat(key.publicKey()).hasToString(wg.publicBase64());
        }
    }

    @Test
    void hasThePublicKeysOfRfc7748() {
        // RFC 7748, section 6.1.
        assertThat(publicHexOf("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))
                .isEqualTo("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        assertThat(publicHexOf("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"))
                .isEqualTo("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    }

    @Test
    void ofZerosHasThePublicKeyThatWgPubkeyPrints() {
        assertThat(SecretKey.copyOf(new byte[32]).publicKey())
                .hasToString("L+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q=");
    }

    @Test
    void isWrittenInHexAsEveryOtherEncoderWritesIt() {
        Random seeded = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = WgKeys.next(seeded);
            try (SecretKey key = SecretKey.copyOf(bytes);
                    SecretKey again = SecretKey.parseHex(key.toHex())) {
                assertThat(key.toHex())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo(HexFormat.of().formatHex(bytes));
                assertThat(again).isEqualTo(key);
            }
        }
    }

    @Test
    void doesNotChangeWithTheArrayItCameFrom() {
        byte[] bytes = WgKeys.ALICE.privateBytes();
        SecretKey key = SecretKey.copyOf(bytes);
        Arrays.fill(bytes, (byte) 0);
        assertThat(key).isEqualTo(WgKeys.ALICE.privateKey());
    }

    @Test
    void doesNotChangeWithTheArrayItGaveOut() {
        SecretKey key = WgKeys.ALICE.privateKey();
        Arrays.fill(key.toBytes(), (byte) 0);
        assertThat(key).isEqualTo(WgKeys.ALICE.privateKey());
    }

    @Test
    void leavesTheCallersTextAsItWas() {
        byte[] text = ascii(WgKeys.ALICE.privateBase64());
        SecretKey.parseBase64(text);
        assertThat(text).isEqualTo(ascii(WgKeys.ALICE.privateBase64()));
    }

    @Test
    void generatedPrivateKeysAreClamped() {
        for (int i = 0; i < 100; i++) {
            byte[] bytes = SecretKey.generatePrivate().toBytes();
            assertThat(bytes[0] & 7).isZero();
            assertThat(bytes[31] & 0xc0).isEqualTo(0x40);
        }
    }

    @Test
    void generatedKeysDiffer() {
        assertThat(Stream.generate(SecretKey::generatePrivate).limit(20)).doesNotHaveDuplicates();
        assertThat(Stream.generate(SecretKey::generatePreshared).limit(20)).doesNotHaveDuplicates();
    }

    @Test
    void generatedPresharedKeysUseEveryBit() {
        byte[] seen = new byte[32];
        for (int i = 0; i < 100; i++) {
            byte[] bytes = SecretKey.generatePreshared().toBytes();
            for (int at = 0; at < 32; at++) {
                seen[at] |= bytes[at];
            }
        }
        assertThat(seen).containsOnly(0xff);
    }

    @Test
    void ofZerosMeansNoKey() {
        assertThat(SecretKey.copyOf(new byte[32]).isZero()).isTrue();
    }

    @Test
    void withAnyBitSetIsAKey() {
        for (int at = 0; at < 32; at++) {
            byte[] bytes = new byte[32];
            bytes[at] = 1;
            assertThat(SecretKey.copyOf(bytes).isZero()).as("byte %d", at).isFalse();
        }
    }

    private static String publicHexOf(String privateHex) {
        try (SecretKey key = SecretKey.parseHex(ascii(privateHex))) {
            return key.publicKey().toHex();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
