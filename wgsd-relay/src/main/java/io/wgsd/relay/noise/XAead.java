package io.wgsd.relay.noise;

import io.wgsd.relay.wire.Messages;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.XChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), in which cookies are sent. */
final class XAead {

    private XAead() {}

    static byte[] seal(byte[] key, byte[] nonce, byte[] plaintext, byte[] authenticated) {
        byte[] sealed = process(true, key, nonce, plaintext, authenticated);
        if (sealed == null) {
            throw new IllegalStateException("encrypting cannot fail");
        }
        return sealed;
    }

    /** Decrypts; null where it is not authentic. */
    static byte @Nullable [] open(byte[] key, byte[] nonce, byte[] sealed, byte[] authenticated) {
        return process(false, key, nonce, sealed, authenticated);
    }

    private static byte @Nullable [] process(
            boolean sealing, byte[] key, byte[] nonce, byte[] input, byte[] authenticated) {
        XChaCha20Poly1305 cipher = new XChaCha20Poly1305();
        cipher.init(sealing, new AEADParameters(new KeyParameter(key), Messages.TAG * Byte.SIZE, nonce, authenticated));
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        try {
            int written = cipher.processBytes(input, 0, input.length, output, 0);
            cipher.doFinal(output, written);
            return output;
        } catch (InvalidCipherTextException e) {
            return null;
        }
    }
}
