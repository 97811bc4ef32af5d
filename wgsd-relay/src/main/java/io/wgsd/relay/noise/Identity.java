package io.wgsd.relay.noise;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.wire.Mac1;
import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * Who the relay is among WireGuard peers: its static key.
 *
 * <p>The runtime's form of the private key is kept as long as this is. Immutable and thread-safe.
 */
public final class Identity {

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final Mac1 mac1;

    private Identity(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        mac1 = Mac1.of(publicKey);
    }

    /**
     * Returns the owner of a private key.
     *
     * @param key the private key, which is copied and stays the caller's to close
     * @return the identity
     */
    public static Identity of(SecretKey key) {
        byte[] bytes = key.toBytes();
        try {
            return new Identity(X25519.privateKey(bytes), key.publicKey());
        } finally {
            Transcript.wipe(bytes);
        }
    }

    /**
     * Returns the public key.
     *
     * @return the key
     */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Returns the code of handshakes that are for this identity.
     *
     * @return its code
     */
    public Mac1 mac1() {
        return mac1;
    }

    /** Returns what this identity and another key's owner share; null for a key of small order. */
    byte @Nullable [] agree(byte[] theirs) {
        return X25519.agree(privateKey, theirs);
    }

    /** Returns a text without the private key. */
    @Override
    public String toString() {
        return "Identity[" + publicKey + "]";
    }
}
