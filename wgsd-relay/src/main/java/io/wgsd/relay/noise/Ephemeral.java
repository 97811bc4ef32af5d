package io.wgsd.relay.noise;

import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/** A key of one handshake. Immutable; its private half goes with the garbage. */
public final class Ephemeral {

    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private Ephemeral(PrivateKey privateKey) {
        this.privateKey = privateKey;
        publicKey = X25519.publicKey(privateKey);
    }

    /**
     * Returns a key.
     *
     * @param random 32 random bytes, which are wiped
     * @return the key
     */
    public static Ephemeral of(byte[] random) {
        try {
            return new Ephemeral(X25519.privateKey(random));
        } finally {
            Transcript.wipe(random);
        }
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    byte @Nullable [] agree(byte[] theirs) {
        return X25519.agree(privateKey, theirs);
    }

    /** Returns a text without the private key. */
    @Override
    public String toString() {
        return "Ephemeral[redacted]";
    }
}
