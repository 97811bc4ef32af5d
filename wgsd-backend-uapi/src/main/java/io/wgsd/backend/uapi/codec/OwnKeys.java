package io.wgsd.backend.uapi.codec;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Derives devices' public keys from their private keys, once for each key. Thread-safe.
 *
 * <p>Deriving costs more than all the rest of reading a small device. So the key is recognized by a salted hash of 64
 * bits, from which it cannot be found, instead of being derived from again at each reading.
 */
public final class OwnKeys {

    private final Map<String, Derived> byDevice = new ConcurrentHashMap<>();

    /**
     * Returns the public key of a device's private key.
     *
     * @param digits the private key in hex, from index 0 on, in a little-endian buffer, which stays the caller's to
     *     wipe
     */
    public PublicKey derive(String device, ByteBuffer digits) {
        long fingerprint = KnownPeers.hash(digits, 0, digits.capacity());
        Derived known = byDevice.get(device);
        if (known != null && known.fingerprint == fingerprint) {
            return known.publicKey;
        }
        try (SecretKey privateKey = SecretKey.parseHex(digits)) {
            Derived derived = new Derived(fingerprint, privateKey.publicKey());
            byDevice.put(device, derived);
            return derived.publicKey;
        }
    }

    private record Derived(long fingerprint, PublicKey publicKey) {}
}
