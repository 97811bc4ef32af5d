package io.wgsd.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TlsIdentityTest {

    private static final SelfSigned ONE = SelfSigned.make("relay.example.com", Instant.EPOCH);
    private static final SelfSigned OTHER = SelfSigned.make("relay.example.com", Instant.EPOCH);

    @Test
    void aCertificateAndItsKeyBelongTogether() throws IOException {
        TlsIdentity identity = identity(ONE.certificate(), ONE.key());
        assertThat(identity.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=relay.example.com");
        assertThat(TlsPin.of(identity.certificate()).text()).hasSize("sha256/".length() + 44);
    }

    @Test
    void eachKeyHasAPinOfItsOwn() throws IOException {
        assertThat(TlsPin.of(identity(ONE.certificate(), ONE.key()).certificate()))
                .isNotEqualTo(
                        TlsPin.of(identity(OTHER.certificate(), OTHER.key()).certificate()));
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() {
        assertThatThrownBy(() -> identity(ONE.certificate(), OTHER.key()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the key does not belong to the certificate");
    }

    @Test
    void aFileWithoutACertificateIsRefused() {
        assertThatThrownBy(() -> identity("nothing", ONE.key()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no certificate in PEM");
    }

    @Test
    void aKeyInAnotherFormIsRefusedWithWhatToDo() {
        String key = ONE.key().replace("PRIVATE KEY", "EC PRIVATE KEY");
        assertThatThrownBy(() -> identity(ONE.certificate(), key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("openssl pkcs8 -topk8");
    }

    @Test
    void aDamagedKeyIsRefusedAndNotShown() {
        String key = ONE.key().replace("\n", "").replace("KEY-----M", "KEY-----");
        assertThatThrownBy(() -> identity(ONE.certificate(), key))
                .isInstanceOf(IOException.class)
                .hasMessage("the key is no private key of EC, as the certificate has one")
                .hasNoCause();
        assertThat(ONE.toString()).doesNotContain("PRIVATE");
    }

    private static TlsIdentity identity(String certificate, String key) throws IOException {
        return TlsIdentity.parse(
                certificate.getBytes(StandardCharsets.US_ASCII), key.getBytes(StandardCharsets.US_ASCII));
    }
}
