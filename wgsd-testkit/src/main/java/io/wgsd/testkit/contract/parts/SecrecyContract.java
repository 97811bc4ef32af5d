package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.SecretKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** No secret shows where it was not asked for, and those that are borrowed stay the caller's. */
public interface SecrecyContract extends ContractPart {

    @Test
    default void aReadingHoldsNoSecret() throws Exception {
        try (SecretKey own = SecretKey.generatePrivate();
                SecretKey preshared = SecretKey.generatePreshared()) {
            device().apply(secretChange(own, preshared));
            Device reading = device().read();
            String text = reading + " " + reading.peers();
            assertHidden(own, text);
            assertHidden(preshared, text);
        }
    }

    @Test
    default void anErrorHoldsNoSecret() throws Exception {
        try (SecretKey own = SecretKey.generatePrivate();
                SecretKey preshared = SecretKey.generatePreshared()) {
            Throwable error = catchThrowable(() -> device().source().apply("wg-absent", secretChange(own, preshared)));
            StringWriter text = new StringWriter();
            error.printStackTrace(new PrintWriter(text));
            assertHidden(own, text.toString());
            assertHidden(preshared, text.toString());
        }
    }

    @Test
    default void borrowedSecretsStayOpen() throws Exception {
        try (SecretKey own = SecretKey.generatePrivate();
                SecretKey preshared = SecretKey.generatePreshared();
                SecretKey ownBefore = own.copy();
                SecretKey presharedBefore = preshared.copy()) {
            device().apply(secretChange(own, preshared));
            assertThat(own).isEqualTo(ownBefore);
            assertThat(preshared).isEqualTo(presharedBefore);
        }
    }

    @Test
    default void secretsThatWereBorrowedMayBeWipedAfterwards() throws Exception {
        SecretKey own = SecretKey.generatePrivate();
        var publicKey = own.publicKey();
        try (SecretKey preshared = SecretKey.generatePreshared()) {
            device().apply(secretChange(own, preshared));
        }
        own.close();
        assertThat(device().read().publicKey()).contains(publicKey);
    }

    private static DeviceChange secretChange(SecretKey own, SecretKey preshared) {
        return change().privateKey(own).peer(ALICE).presharedKey(preshared).build();
    }

    private static void assertHidden(SecretKey key, String text) {
        // Assertions on a condition rather than on the text, which would print the secret.
        assertThat(text.contains(new String(key.toBase64(), StandardCharsets.US_ASCII)))
                .as("a secret in base64 shows")
                .isFalse();
        assertThat(text.toLowerCase(Locale.ROOT).contains(new String(key.toHex(), StandardCharsets.US_ASCII)))
                .as("a secret in hex shows")
                .isFalse();
    }
}
