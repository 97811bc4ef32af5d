package io.wgsd.backend.uapi.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys become zeros in the answer, however it is cut into pieces, and only those that are wanted are kept. */
final class SecretSieveTest {

    private static final String ZEROS = "0".repeat(64);
    private static final String OTHER = "ab".repeat(32);
    private static final String ANSWER = "private_key=" + Texts.PRIVATE + "\nlisten_port=51820\npublic_key="
            + Texts.BOB_KEY.toHex() + "\npreshared_key=" + Texts.PRESHARED + "\nprotocol_version=1\npublic_key=" + OTHER
            + "\npreshared_key=" + OTHER + "\nerrno=0\n\n";
    private static final String SIFTED = "private_key=" + ZEROS + "\nlisten_port=51820\npublic_key="
            + Texts.BOB_KEY.toHex() + "\npreshared_key=" + ZEROS + "\nprotocol_version=1\npublic_key=" + OTHER
            + "\npreshared_key=" + ZEROS + "\nerrno=0\n\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 13, 64, 65, 77, 100, 10_000})
    void allKeysBecomeZerosAndAreKeptInTheirOrder(int piece) {
        try (SecretSieve sieve = new SecretSieve(Wanted.SECRETS)) {
            assertThat(sifted(sieve, ANSWER, piece)).isEqualTo(SIFTED);
            assertThat(text(sieve.next())).isEqualTo(Texts.PRIVATE);
            assertThat(text(sieve.next())).isEqualTo(Texts.PRESHARED);
            assertThat(text(sieve.next())).isEqualTo(OTHER);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 77, 10_000})
    void onlyThePresharedKeysOfThePeersThatAreAskedForAreKept(int piece) {
        try (SecretSieve sieve = new SecretSieve(Wanted.presharedKeysOf(Set.of(Texts.BOB_KEY), false))) {
            assertThat(sifted(sieve, ANSWER, piece)).isEqualTo(SIFTED);
            assertThat(text(sieve.next())).isEqualTo(Texts.PRESHARED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000})
    void whereNoneIsAskedForAllBecomeZeros(int piece) {
        try (SecretSieve sieve = new SecretSieve(Wanted.DEVICE)) {
            assertThat(sifted(sieve, ANSWER, piece)).isEqualTo(SIFTED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private_keys=12\n\n",
                "private_=12\n",
                "private_key=xyz\n",
                "preshared_key=\n",
                "p\n\n=\n",
                "errno=0\n"
            })
    void textThatIsNotAKeyKeepsEverythingButItsDigits(String text) {
        try (SecretSieve sieve = new SecretSieve(Wanted.SECRETS)) {
            assertThat(sifted(sieve, text + "x".repeat(80), 1000)).isEqualTo(text + "x".repeat(80));
        }
    }

    @Test
    void keptSecretsAreOutsideTheHeapAndWiped() {
        ByteBuffer kept;
        try (SecretSieve sieve = new SecretSieve(Wanted.SECRETS)) {
            sifted(sieve, ANSWER, 1000);
            kept = sieve.next();
            assertThat(kept.isDirect()).isTrue();
        }
        assertThat(text(kept)).isEqualTo("\0".repeat(64));
    }

    private static String sifted(SecretSieve sieve, String answer, int size) {
        byte[] bytes = answer.getBytes(US_ASCII);
        for (int at = 0; at < bytes.length; at += size) {
            sieve.sift(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
        }
        return new String(bytes, US_ASCII);
    }

    private static String text(ByteBuffer digits) {
        return US_ASCII.decode(digits.duplicate()).toString();
    }
}
