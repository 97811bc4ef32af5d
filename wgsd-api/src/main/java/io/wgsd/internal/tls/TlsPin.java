package io.wgsd.internal.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * The digest of a certificate's public key, by which one knows the key again (RFC 7469, section 2.4), as in {@code
 * sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=}.
 *
 * @param text this text
 */
public record TlsPin(String text) {

    private static final String PREFIX = "sha256/";
    private static final int BYTES = 32;

    /** Refuses what is no pin. */
    public TlsPin {
        byte[] digest;
        try {
            digest =
                    text.startsWith(PREFIX) ? Base64.getDecoder().decode(text.substring(PREFIX.length())) : new byte[0];
        } catch (IllegalArgumentException e) {
            digest = new byte[0];
        }
        if (digest.length != BYTES || !text.equals(PREFIX + Base64.getEncoder().encodeToString(digest))) {
            throw new IllegalArgumentException("\"" + text + "\" is no pin of a key; write " + PREFIX
                    + " and the base64 of the SHA-256 of the public key, as the relay prints it when it starts");
        }
    }

    /** Returns the pin of a certificate's key. */
    public static TlsPin of(X509Certificate certificate) {
        try {
            byte[] key = certificate.getPublicKey().getEncoded();
            return new TlsPin(PREFIX
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(key)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which each must have", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
