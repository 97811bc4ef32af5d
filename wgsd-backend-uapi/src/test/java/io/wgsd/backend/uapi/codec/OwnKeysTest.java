package io.wgsd.backend.uapi.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class OwnKeysTest {

    private final OwnKeys keys = new OwnKeys();

    @Test
    void theSameKeyIsDerivedFromOnce() {
        PublicKey first = keys.derive("wg0", digits(Texts.PRIVATE));

        assertThat(keys.derive("wg0", digits(Texts.PRIVATE))).isSameAs(first);
    }

    @Test
    void anotherKeyIsNotMistaken() {
        keys.derive("wg0", digits(Texts.PRIVATE));

        assertThat(keys.derive("wg0", digits(Texts.PRESHARED)))
                .isEqualTo(Texts.secret(Texts.PRESHARED).publicKey());
    }

    @Test
    void devicesDoNotDisplaceEachOther() {
        PublicKey first = keys.derive("wg0", digits(Texts.PRIVATE));
        keys.derive("wg1", digits(Texts.PRESHARED));

        assertThat(keys.derive("wg0", digits(Texts.PRIVATE))).isSameAs(first);
    }

    private static ByteBuffer digits(String hex) {
        return ByteBuffer.wrap(hex.getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
