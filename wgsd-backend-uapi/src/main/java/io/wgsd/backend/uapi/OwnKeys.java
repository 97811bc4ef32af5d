package io.wgsd.backend.uapi;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Derives devices' public keys from their private keys, once for each key. Thread-safe.
 *
 * <p>Deriving costs more than all the rest of reading a small device, and leaves copies of the private key where nothing
 * wipes them. So the key is recognized by a salted hash, from which it cannot be found, instead of being derived from
 * again at each reading.
 */
final class OwnKeys {

    private final byte[] salt = new byte[32];
    private final Map<String, Derived> byDevice = new ConcurrentHashMap<>();

    OwnKeys() {
        new SecureRandom().nextBytes(salt);
    }

    /** Returns the public key of a device's private key. */
    PublicKey derive(String device, SecretKey privateKey) {
        byte[] fingerprint = fingerprint(privateKey);
        Derived known = byDevice.get(device);
        if (known != null && MessageDigest.isEqual(known.fingerprint, fingerprint)) {
            return known.publicKey;
        }
        Derived derived = new Derived(fingerprint, privateKey.publicKey());
        byDevice.put(device, derived);
        return derived.publicKey;
    }

    private byte[] fingerprint(SecretKey key) {
        byte[] bytes = key.toBytes();
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(salt);
            return hash.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static final class Derived {

        private final byte[] fingerprint;
        private final PublicKey publicKey;

        Derived(byte[] fingerprint, PublicKey publicKey) {
            this.fingerprint = fingerprint;
            this.publicKey = publicKey;
        }
    }
}
