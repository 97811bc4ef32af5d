package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret is in no text that the library makes, and a secret that is spelled wrong is not either. */
class SecretKeySilenceTest {

    private static final String BASE64 = WgKeys.ALICE.privateBase64();
    private static final String HEX = WgKeys.ALICE.privateHex();

    @Test
    void printsNothingOfItself() {
        try (SecretKey key = WgKeys.ALICE.privateKey()) {
            assertThat(key).hasToString("SecretKey[redacted]");
        }
    }

    @Test
    void printsTheSameOnceClosed() {
        SecretKey key = WgKeys.ALICE.privateKey();
        key.close();
        assertThat(key).hasToString("SecretKey[redacted]");
    }

    static Stream<String> almostBase64() {
        return Stream.of(
                BASE64.substring(0, 43),
                BASE64 + "\n",
                BASE64.substring(0, 42) + "V=",
                BASE64.replace('+', '-') + "=",
                BASE64.substring(0, 43) + "\u017f",
                // Cut to eight bits, these would be the letters of the key.
                (char) (BASE64.charAt(0) + 0x100) + BASE64.substring(1),
                HEX);
    }

    @ParameterizedTest
    @MethodSource("almostBase64")
    void doesNotQuoteBase64ThatIsNoKey(String text) {
        Throwable fromBytes = catchThrowable(() -> SecretKey.parseBase64(text.getBytes(StandardCharsets.UTF_8)));
        Throwable fromCharacters = catchThrowable(() -> SecretKey.parseBase64(text.toCharArray()));
        assertThat(Stream.of(fromBytes, fromCharacters)).allSatisfy(e -> {
            assertThat(e)
                    .isInstanceOf(FormatException.class)
                    .hasMessage("secret key: must be 32 bytes in base64: 44 characters that end in \"=\"");
            assertHoldsNoPartOf(text, e);
        });
    }

    static Stream<String> almostHex() {
        return Stream.of(
                HEX.substring(1),
                HEX + "0",
                "g" + HEX.substring(1),
                (char) (HEX.charAt(0) + 0x100) + HEX.substring(1),
                BASE64);
    }

    @ParameterizedTest
    @MethodSource("almostHex")
    void doesNotQuoteHexThatIsNoKey(String text) {
        Throwable fromBytes = catchThrowable(() -> SecretKey.parseHex(text.getBytes(StandardCharsets.UTF_8)));
        Throwable fromCharacters = catchThrowable(() -> SecretKey.parseHex(text.toCharArray()));
        assertThat(Stream.of(fromBytes, fromCharacters)).allSatisfy(e -> {
            assertThat(e).isInstanceOf(FormatException.class).hasMessage("secret key: must be 64 hex digits");
            assertHoldsNoPartOf(text, e);
        });
    }

    @Test
    void doesNotQuoteBytesOfTheWrongNumber() {
        assertThat(catchThrowable(() -> SecretKey.copyOf(new byte[] {65, 66, 67})))
                .isInstanceOf(FormatException.class)
                .hasMessage("secret key: must be 32 bytes, was 3");
    }

    @Test
    void refusesSpareBitsAsPublicKeysDo() {
        assertThat(IntStream.rangeClosed(1, 3)
                        .mapToObj(spare -> BASE64.substring(0, 42) + (char) ('U' + spare) + "=")
                        .map(text -> catchThrowable(() -> SecretKey.parseBase64(text.toCharArray()))))
                .allMatch(FormatException.class::isInstance);
    }

    @Test
    void isNotInAChange() {
        try (SecretKey key = WgKeys.ALICE.privateKey()) {
            DeviceChange change = DeviceChange.builder()
                    .privateKey(key)
                    .peer(WgKeys.BOB.publicKey())
                    .presharedKey(key)
                    .build();
            assertThat(change.toString()).doesNotContain(BASE64, HEX).contains("private-key redacted");
        }
    }

    private static void assertHoldsNoPartOf(String secret, Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(IntStream.range(0, secret.length() - 5).mapToObj(at -> secret.substring(at, at + 6)))
                .noneMatch(trace.toString()::contains);
    }
}
