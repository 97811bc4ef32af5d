package io.wgsd.internal.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * A certificate that nobody else has signed (RFC 5280), for those who pin its key; it does not expire.
 *
 * @param certificate in PEM
 * @param key its private key in PEM (PKCS #8)
 */
public record SelfSigned(String certificate, String key) {

    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
    private static final byte[] COMMON_NAME = Der.oid(0x55, 0x04, 0x03);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.oid(0x55, 0x1d, 0x11);
    private static final int DNS_NAME = 2;
    private static final int VERSION_3 = 2;
    private static final int SERIAL_BITS = 120;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    /** For certificates without a good date (RFC 5280, section 4.1.2.5). */
    private static final String NEVER = "99991231235959Z";
    /** Of one who checks, the clock may be behind. */
    private static final Duration EARLIER = Duration.ofDays(7);

    private static final int LINE = 64;

    /**
     * Makes a certificate with a new key.
     *
     * @param name the host's name, in ASCII
     * @param now the time from which on it is valid, and a week before
     */
    public static SelfSigned make(String name, Instant now) {
        try {
            SecureRandom random = new SecureRandom();
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            byte[] issuer = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(name))));
            byte[] names = Der.sequence(Der.tagged(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII)));
            byte[] content = Der.sequence(
                    Der.explicit(0, Der.integer(BigInteger.valueOf(VERSION_3))),
                    Der.integer(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS)),
                    ECDSA_WITH_SHA256,
                    issuer,
                    Der.sequence(Der.time(TIME.format(now.minus(EARLIER))), Der.time(NEVER)),
                    issuer,
                    pair.getPublic().getEncoded(),
                    Der.explicit(3, Der.sequence(Der.sequence(SUBJECT_ALTERNATIVE_NAME, Der.octets(names)))));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            byte[] certificate = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            return new SelfSigned(
                    pem("CERTIFICATE", certificate),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256, which each must have", e);
        }
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + label + "-----\n";
    }

    /** Returns what it is, without the key. */
    @Override
    public String toString() {
        return "a certificate and its key";
    }
}
