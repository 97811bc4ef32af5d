package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class X25519Test {

    private static final int KEYS = 300;

    @Test
    void isWhatTheJdkHasForAnyKey() throws GeneralSecurityException {
        Random random = new Random(25519);
        for (int i = 0; i < KEYS; i++) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            assertThat(X25519.publicKey(ByteBuffer.wrap(key))).isEqualTo(byTheJdk(key));
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 1, -1, 127, -128, 0x55})
    void isWhatTheJdkHasForKeysOfOneByte(byte value) throws GeneralSecurityException {
        byte[] key = new byte[32];
        Arrays.fill(key, value);
        assertThat(X25519.publicKey(ByteBuffer.wrap(key))).isEqualTo(byTheJdk(key));
    }

    @Test
    void leavesTheKeyAsItIs() {
        ByteBuffer key = ByteBuffer.allocateDirect(32).put(0, (byte) 7).put(31, (byte) -1);
        X25519.publicKey(key);
        assertThat(key.get(0)).isEqualTo((byte) 7);
        assertThat(key.get(31)).isEqualTo((byte) -1);
        assertThat(key.position()).isZero();
    }

    private static byte[] byTheJdk(byte[] privateKey) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("X25519");
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey)));
        agreement.doPhase(
                keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(9))), true);
        return agreement.generateSecret();
    }
}
