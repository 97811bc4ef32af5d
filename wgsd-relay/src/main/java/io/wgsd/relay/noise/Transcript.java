package io.wgsd.relay.noise;

import io.wgsd.relay.wire.Blake2s;
import io.wgsd.relay.wire.Messages;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What both sides of a handshake know so far: the chaining key and the hash (drivers/net/wireguard/noise.c,
 * handshake_init and the mix functions).
 *
 * <p>Not thread-safe.
 */
final class Transcript {

    private static final byte[] FIRST_CHAINING_KEY = Blake2s.hash(ascii("Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s"));
    private static final byte[] FIRST_HASH =
            Blake2s.hash(FIRST_CHAINING_KEY, ascii("WireGuard v1 zx2c4 Jason@zx2c4.com"));
    private static final byte[] NOTHING = {};
    private static final byte[] FIRST = {1};
    private static final byte[] SECOND = {2};
    private static final byte[] THIRD = {3};

    private byte[] chainingKey = FIRST_CHAINING_KEY.clone();
    private byte[] hash;
    private byte[] key = new byte[Messages.KEY];

    /** Begins a handshake with a responder. */
    Transcript(byte[] responder) {
        hash = Blake2s.hash(FIRST_HASH, responder);
    }

    private Transcript(Transcript other) {
        chainingKey = other.chainingKey.clone();
        hash = other.hash;
        key = other.key.clone();
    }

    /** Returns the same, to continue with on trial. */
    Transcript copy() {
        return new Transcript(this);
    }

    void mixHash(byte[] bytes) {
        hash = Blake2s.hash(hash, bytes);
    }

    /** Takes an ephemeral key in. */
    void mixEphemeral(byte[] publicKey) {
        mixHash(publicKey);
        mixChainingKey(publicKey);
    }

    /** Takes a secret in that only the chaining key depends on. */
    void mixChainingKey(byte[] secret) {
        byte[] extracted = Blake2s.hmac(chainingKey, secret);
        chain(Blake2s.hmac(extracted, FIRST));
        wipe(extracted);
    }

    /** Takes a secret in, by which the next part is encrypted. */
    void mixKey(byte[] secret) {
        byte[] extracted = Blake2s.hmac(chainingKey, secret);
        chain(Blake2s.hmac(extracted, FIRST));
        wipe(key);
        key = Blake2s.hmac(extracted, chainingKey, SECOND);
        wipe(extracted);
    }

    /** Takes the preshared key in, by which the next part is encrypted. */
    void mixPresharedKey(byte[] presharedKey) {
        byte[] extracted = Blake2s.hmac(chainingKey, presharedKey);
        chain(Blake2s.hmac(extracted, FIRST));
        byte[] mixed = Blake2s.hmac(extracted, chainingKey, SECOND);
        mixHash(mixed);
        wipe(key);
        key = Blake2s.hmac(extracted, mixed, THIRD);
        wipe(mixed);
        wipe(extracted);
    }

    byte[] seal(byte[] plaintext) {
        byte[] sealed = Aead.seal(key, 0, plaintext, hash);
        mixHash(sealed);
        return sealed;
    }

    /** Decrypts a part of a message; null where it is not authentic. */
    byte @Nullable [] open(byte[] message, int from, int plaintextLength) {
        int length = plaintextLength + Messages.TAG;
        byte[] opened = Aead.open(key, 0, message, from, length, hash);
        if (opened != null) {
            mixHash(Arrays.copyOfRange(message, from, from + length));
        }
        return opened;
    }

    /**
     * Returns the two keys of the session: the one that the initiator encrypts with, and the one that the responder
     * does.
     */
    byte[][] split() {
        byte[] extracted = Blake2s.hmac(chainingKey, NOTHING);
        byte[] first = Blake2s.hmac(extracted, FIRST);
        byte[] second = Blake2s.hmac(extracted, first, SECOND);
        wipe(extracted);
        close();
        return new byte[][] {first, second};
    }

    /** Wipes all that is secret. */
    void close() {
        wipe(chainingKey);
        wipe(key);
    }

    static void wipe(byte @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private void chain(byte[] next) {
        wipe(chainingKey);
        chainingKey = next;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
