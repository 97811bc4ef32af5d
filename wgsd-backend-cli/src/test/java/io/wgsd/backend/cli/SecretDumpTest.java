package io.wgsd.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretDumpTest {

    private static final String PRIVATE = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
    private static final String PRESHARED = "ESIzRFVmd4iZqrvM3e7/ABEiM0RVZneImaq7zN3u/wA=";
    private static final String ALICE = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private static final String BOB = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
    private static final String DEVICE = PRIVATE + "\tHIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=\t51820\t0x2a\n";
    private static final String PEERS = ALICE + "\t" + PRESHARED
            + "\t[fe80::1%lo]:51820\t10.0.0.1/32,fd00::1/128\t0\t0\t0\t25\n" + BOB
            + "\t(none)\t203.0.113.7:41424\t0.0.0.0/0,::/0\t0\t0\t0\toff\n";

    @Test
    void keysAreTakenOutOfTheDump() throws Exception {
        try (DeviceSecrets secrets = read(DEVICE + PEERS);
                SecretKey own = secret(PRIVATE);
                SecretKey alices = secret(PRESHARED)) {
            assertThat(secrets.privateKey()).contains(own);
            assertThat(secrets.presharedKey(PublicKey.parse(ALICE))).contains(alices);
            assertThat(secrets.presharedKey(PublicKey.parse(BOB))).isEmpty();
        }
    }

    @Test
    void aDeviceWithoutAKeyHasNone() throws Exception {
        try (DeviceSecrets secrets = read("(none)\t(none)\t0\toff\n")) {
            assertThat(secrets.privateKey()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                PRIVATE + "\n",
                "secret\t(none)\t0\toff\n",
                DEVICE + ALICE + "\n",
                DEVICE + "alice\t" + PRESHARED + "\t(none)\t(none)\t0\t0\t0\toff\n",
                DEVICE + ALICE + "\tESIzRFVmd4\t(none)\t(none)\t0\t0\t0\toff\n",
                DEVICE + "\n"
            })
    void textThatIsNoDumpIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ProtocolException.class)
                .message()
                .doesNotContain(PRIVATE.substring(0, 8))
                .doesNotContain("ESIzRFVm")
                .doesNotContain("secret");
    }

    private static DeviceSecrets read(String text) throws ProtocolException {
        byte[] bytes = (text + "left from before").getBytes(StandardCharsets.US_ASCII);
        return SecretDump.read(bytes, text.length());
    }

    private static SecretKey secret(String base64) {
        return SecretKey.parseBase64(base64.getBytes(StandardCharsets.US_ASCII));
    }
}
