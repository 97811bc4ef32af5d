package io.wgsd.command.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ed25519 as everything in the process gets it that asks the JDK. */
class Ed25519ProviderTest {

    private static final String JDK = "SunEC";
    private static final byte[] MESSAGE = {1, 2, 3};

    @BeforeAll
    static void install() {
        Ed25519Provider.install();
        Ed25519Provider.install();
    }

    @AfterAll
    static void remove() {
        Security.removeProvider("wgsd");
    }

    /** The first three of RFC 8032, section 7.1. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
    })
    void theVectorsOfTheStandardHold(String secret, String point, String message, String signature)
            throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("Ed25519");
        byte[] signed = HexFormat.of().parseHex(message);
        PrivateKey privateKey = keys.generatePrivate(new EdECPrivateKeySpec(
                NamedParameterSpec.ED25519, HexFormat.of().parseHex(secret)));
        PublicKey publicKey = keys.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(point)));

        assertThat(HexFormat.of().formatHex(sign(privateKey, signed))).isEqualTo(signature);
        assertThat(verify(publicKey, signed, HexFormat.of().parseHex(signature)))
                .isTrue();
    }

    @Test
    void itIsAskedFirstAndAgreesWithTheJdk() throws GeneralSecurityException {
        for (int i = 0; i < 20; i++) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] signature = sign(pair.getPrivate(), MESSAGE);
            Signature jdk = Signature.getInstance("Ed25519", JDK);
            jdk.initSign(pair.getPrivate());
            jdk.update(MESSAGE);

            assertThat(signature).isEqualTo(jdk.sign());
            assertThat(verify(pair.getPublic(), MESSAGE, signature)).isTrue();
            signature[i] ^= 1;
            assertThat(verify(pair.getPublic(), MESSAGE, signature)).isFalse();
        }
    }

    @Test
    void anObjectSignsOneMessageAfterTheOther() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        assertThat(signer.getProvider().getName()).isEqualTo("wgsd");
        signer.update(new byte[] {7});
        signer.sign();
        signer.update((byte) 1);
        signer.update(new byte[] {9, 2, 3, 9}, 1, 2);

        assertThat(signer.sign()).isEqualTo(sign(pair.getPrivate(), MESSAGE));
    }

    @Test
    void whatIsNoSignatureOrNoKeyOfThisCurveIsRefused() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        PublicKey other =
                KeyPairGenerator.getInstance("Ed448").generateKeyPair().getPublic();

        assertThatThrownBy(() -> verify(pair.getPublic(), MESSAGE, new byte[63]))
                .isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> verify(other, MESSAGE, new byte[64])).isInstanceOf(GeneralSecurityException.class);
        assertThat(verify(
                        KeyFactory.getInstance("Ed25519")
                                .generatePublic(new EdECPublicKeySpec(
                                        NamedParameterSpec.ED25519, new EdECPoint(false, BigInteger.TWO))),
                        MESSAGE,
                        new byte[64]))
                .isFalse();
    }

    private static byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(key);
        signer.update(message);
        return signer.sign();
    }

    private static boolean verify(PublicKey key, byte[] message, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }

    private static EdECPoint point(String encoded) {
        byte[] bytes = HexFormat.of().parseHex(encoded);
        boolean odd = bytes[31] < 0;
        bytes[31] &= 0x7f;
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = bytes[31 - i];
        }
        return new EdECPoint(odd, new BigInteger(1, bigEndian));
    }
}
