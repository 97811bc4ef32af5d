package io.wgsd.command.crypto;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.EdECKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/** One signature by Ed25519, made or verified. Not thread-safe. */
final class Ed25519Signature extends SignatureSpi {

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable EdECPrivateKey secret;
    private byte @Nullable [] point;

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        if (!(key instanceof EdECPrivateKey edwards) || isOther(edwards)) {
            throw new InvalidKeyException("the key is none of Ed25519");
        }
        message.reset();
        secret = edwards;
        point = null;
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        if (!(key instanceof EdECPublicKey edwards) || isOther(edwards)) {
            throw new InvalidKeyException("the key is none of Ed25519");
        }
        message.reset();
        secret = null;
        point = encode(edwards);
    }

    private static boolean isOther(EdECKey key) {
        return !NamedParameterSpec.ED25519.getName().equals(key.getParams().getName());
    }

    /** Returns a point as RFC 8032, section 5.1.2, writes it. */
    private static byte[] encode(EdECPublicKey key) throws InvalidKeyException {
        BigInteger y = key.getPoint().getY();
        if (y.signum() < 0 || y.bitLength() >= Byte.SIZE * Ed25519.PUBLIC_KEY_SIZE) {
            throw new InvalidKeyException("the key is no point of the curve");
        }
        byte[] encoded = new byte[Ed25519.PUBLIC_KEY_SIZE];
        byte[] bigEndian = y.toByteArray();
        for (int i = 0; i < bigEndian.length && i < encoded.length; i++) {
            encoded[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            encoded[encoded.length - 1] |= (byte) 0x80;
        }
        return encoded;
    }

    @Override
    protected void engineUpdate(byte b) {
        message.write(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {
        message.write(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        EdECPrivateKey key = secret;
        byte[] seed = key == null ? null : key.getBytes().orElse(null);
        if (seed == null || seed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new SignatureException("there is no private key to sign with");
        }
        try {
            byte[] signed = message.toByteArray();
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(seed, 0, signed, 0, signed.length, signature, 0);
            return signature;
        } finally {
            Arrays.fill(seed, (byte) 0);
            message.reset();
        }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        byte[] key = point;
        if (key == null || signature.length != Ed25519.SIGNATURE_SIZE) {
            throw new SignatureException(
                    key == null ? "there is no public key to verify with" : "the signature has another length");
        }
        byte[] signed = message.toByteArray();
        message.reset();
        return Ed25519.verify(signature, 0, key, 0, signed, 0, signed.length);
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("Ed25519 has no parameters");
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("Ed25519 has no parameters");
    }
}
