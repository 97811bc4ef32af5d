package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A public key as a value: its bytes, its order, and that it is the same key whichever form it came in. */
class PublicKeyTest {

    static Stream<WgKeys> keys() {
        return WgKeys.all();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isTheSameFromEachForm(WgKeys wg) {
        assertThat(Stream.of(
                        PublicKey.parse(wg.publicBase64()),
                        PublicKey.parseHex(wg.publicHex()),
                        PublicKey.parseBase32(wg.publicBase32())))
                .allMatch(PublicKey.of(wg.publicBytes())::equals);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void printsAsWgDoes(WgKeys wg) {
        assertThat(PublicKey.of(wg.publicBytes())).hasToString(wg.publicBase64());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64})
    void hasExactlyThirtyTwoBytes(int length) {
        assertThatThrownBy(() -> PublicKey.of(new byte[length]))
                .isInstanceOf(FormatException.class)
                .hasMessage("public key: must be 32 bytes, was " + length);
    }

    @Test
    void doesNotChangeWithTheArrayItCameFrom() {
        byte[] bytes = WgKeys.ALICE.publicBytes();
        PublicKey key = PublicKey.of(bytes);
        Arrays.fill(bytes, (byte) 1);
        assertThat(key).isEqualTo(WgKeys.ALICE.publicKey());
    }

    @Test
    void doesNotChangeWithTheArrayItGaveOut() {
        PublicKey key = WgKeys.ALICE.publicKey();
        Arrays.fill(key.toBytes(), (byte) 1);
        assertThat(key).isEqualTo(WgKeys.ALICE.publicKey());
    }

    @Test
    void differsWhereAnySingleByteDiffers() {
        PublicKey key = WgKeys.ALICE.publicKey();
        for (int at = 0; at < PublicKey.LENGTH; at++) {
            byte[] bytes = key.toBytes();
            bytes[at] ^= 0x40;
            assertThat(PublicKey.of(bytes)).as("byte %d", at).isNotEqualTo(key);
        }
    }

    @Test
    void equalKeysHaveEqualHashCodes() {
        assertThat(WgKeys.BOB.publicKey())
                .isEqualTo(PublicKey.of(WgKeys.BOB.publicBytes()))
                .hasSameHashCodeAs(PublicKey.of(WgKeys.BOB.publicBytes()))
                .isNotEqualTo(WgKeys.BOB.publicBase64());
    }

    @Test
    void ordersByItsBytesUnsigned() {
        Random seeded = new Random(20);
        for (int i = 0; i < 2000; i++) {
            byte[] left = WgKeys.next(seeded);
            byte[] right = left.clone();
            // The first difference is anywhere, so that each of the bytes decides in turn.
            System.arraycopy(WgKeys.next(seeded), 0, right, i % 32, 32 - i % 32);
            assertThat(Integer.signum(PublicKey.of(left).compareTo(PublicKey.of(right))))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(left, right)));
        }
    }

    @Test
    void comparesAsEqualOnlyToItself() {
        assertThat(WgKeys.CAROL.publicKey()).isEqualByComparingTo(PublicKey.of(WgKeys.CAROL.publicBytes()));
    }
}
