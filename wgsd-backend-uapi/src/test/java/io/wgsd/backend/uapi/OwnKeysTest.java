package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import org.junit.jupiter.api.Test;

final class OwnKeysTest {

    private final OwnKeys keys = new OwnKeys();

    @Test
    void theSameKeyIsDerivedFromOnce() {
        PublicKey first = keys.derive("wg0", Texts.secret(Texts.PRIVATE));

        assertThat(keys.derive("wg0", Texts.secret(Texts.PRIVATE))).isSameAs(first);
    }

    @Test
    void anotherKeyIsNotMistaken() {
        keys.derive("wg0", Texts.secret(Texts.PRIVATE));
        SecretKey other = Texts.secret(Texts.PRESHARED);

        assertThat(keys.derive("wg0", other)).isEqualTo(other.publicKey());
    }

    @Test
    void devicesDoNotDisplaceEachOther() {
        PublicKey first = keys.derive("wg0", Texts.secret(Texts.PRIVATE));
        keys.derive("wg1", Texts.secret(Texts.PRESHARED));

        assertThat(keys.derive("wg0", Texts.secret(Texts.PRIVATE))).isSameAs(first);
    }
}
