package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.model.WgKeys;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A device's secrets live and die together. */
class DeviceSecretsTest {

    private static final PublicKey BOB = WgKeys.BOB.publicKey();

    private final SecretKey privateKey = WgKeys.ALICE.privateKey();
    private final SecretKey presharedKey = WgKeys.BOB.privateKey();
    private final DeviceSecrets secrets = DeviceSecrets.of(privateKey, Map.of(BOB, presharedKey));

    @Test
    void areGivenToCallersThatAsk() {
        assertThat(secrets.privateKey()).containsSame(privateKey);
        assertThat(secrets.presharedKey(BOB)).containsSame(presharedKey);
    }

    @Test
    void areEmptyWhereThereAreNone() {
        DeviceSecrets none = DeviceSecrets.of(null, Map.of());
        assertThat(none.privateKey()).isEmpty();
        assertThat(none.presharedKey(BOB)).isEmpty();
    }

    @Test
    void areAllWipedByClosing() {
        secrets.close();
        assertThatThrownBy(privateKey::toBytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(presharedKey::toBytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void mayBeClosedTwice() {
        secrets.close();
        assertThatCode(secrets::close).doesNotThrowAnyException();
    }

    @Test
    void doNotChangeWithTheMapTheyCameFrom() {
        Map<PublicKey, SecretKey> keys = new HashMap<>(Map.of(BOB, presharedKey));
        DeviceSecrets taken = DeviceSecrets.of(privateKey, keys);
        keys.clear();
        assertThat(taken.presharedKey(BOB)).containsSame(presharedKey);
    }

    @Test
    void printNothingOfThemselves() {
        assertThat(secrets).hasToString("DeviceSecrets[redacted]");
    }
}
