package io.wgsd.relay.noise;

import io.wgsd.relay.wire.Messages;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/** The Diffie-Hellman function of Curve25519 (RFC 7748), by the Java runtime. */
final class X25519 {

    private static final String NAME = "X25519";
    private static final byte[] BASE_POINT = new byte[Messages.KEY];

    static {
        BASE_POINT[0] = 9;
    }

    private X25519() {}

    /** Returns the runtime's form of a private key; the runtime clamps it. */
    static PrivateKey privateKey(byte[] bytes) {
        try {
            return KeyFactory.getInstance(NAME)
                    .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, bytes));
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    /** Returns the public key's bytes. */
    static byte[] publicKey(PrivateKey key) {
        byte[] publicKey = agree(key, BASE_POINT);
        if (publicKey == null) {
            throw new IllegalStateException("the base point is of a great order");
        }
        return publicKey;
    }

    /** Returns what both sides share; null for a public key with which everybody shares the same. */
    static byte @Nullable [] agree(PrivateKey ours, byte[] theirs) {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance(NAME);
            agreement.init(ours);
            agreement.doPhase(
                    KeyFactory.getInstance(NAME)
                            .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate(theirs))),
                    true);
            return agreement.generateSecret();
        } catch (InvalidKeyException | IllegalStateException e) {
            // A point of small order, which noise.c refuses as well.
            return null;
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    /** Reads a coordinate as RFC 7748, section 5, does: little endian, without the highest bit. */
    private static BigInteger coordinate(byte[] bytes) {
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[bytes.length - 1 - i] = bytes[i];
        }
        bigEndian[0] &= 0x7f;
        return new BigInteger(1, bigEndian);
    }

    private static IllegalStateException unsupported(GeneralSecurityException e) {
        return new IllegalStateException("this Java runtime has no X25519: " + e.getMessage(), e);
    }
}
