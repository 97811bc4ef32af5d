package io.wgsd.relay.noise;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** ChaCha20-Poly1305 (RFC 8439) with WireGuard's nonces: four zero bytes and a little-endian counter. */
final class Aead {

    private static final int NONCE = 12;

    private Aead() {}

    /** Encrypts; the result is 16 bytes longer. */
    static byte[] seal(byte[] key, long counter, byte[] plaintext, byte[] authenticated) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, counter, authenticated).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    /** Decrypts a part of a message; null where it is not authentic. */
    static byte @Nullable [] open(
            byte[] key, long counter, byte[] message, int from, int length, byte[] authenticated) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, counter, authenticated).doFinal(message, from, length);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    /** A fresh one each time, since the runtime's refuses to use a nonce twice, even to decrypt. */
    private static Cipher cipher(int mode, byte[] key, long counter, byte[] authenticated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        byte[] nonce = ByteBuffer.allocate(NONCE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Integer.BYTES, counter)
                .array();
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        cipher.updateAAD(authenticated);
        return cipher;
    }

    private static IllegalStateException unsupported(GeneralSecurityException e) {
        return new IllegalStateException("this Java runtime has no ChaCha20-Poly1305: " + e.getMessage(), e);
    }
}
