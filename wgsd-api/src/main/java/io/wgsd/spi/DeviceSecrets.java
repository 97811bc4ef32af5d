package io.wgsd.spi;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device's private key and its peers' preshared keys, for the caller that asked for them.
 *
 * <p>{@link #close()} wipes all of them; {@link SecretKey#copy()} keeps one beyond that. Thread-safe.
 */
public final class DeviceSecrets implements AutoCloseable {

    private final @Nullable SecretKey privateKey;
    private final Map<PublicKey, SecretKey> presharedKeys;

    private DeviceSecrets(@Nullable SecretKey privateKey, Map<PublicKey, SecretKey> presharedKeys) {
        this.privateKey = privateKey;
        this.presharedKeys = Map.copyOf(presharedKeys);
    }

    /**
     * Takes over these keys, to be wiped by {@link #close()}.
     *
     * @param privateKey the device's private key; null where it has none
     * @param presharedKeys the preshared keys by peer, without those peers that have none
     * @return the secrets
     */
    public static DeviceSecrets of(@Nullable SecretKey privateKey, Map<PublicKey, SecretKey> presharedKeys) {
        return new DeviceSecrets(privateKey, presharedKeys);
    }

    /**
     * Returns the device's private key, which stays this object's to close.
     *
     * @return the key; empty where the device has none
     */
    public Optional<SecretKey> privateKey() {
        return Optional.ofNullable(privateKey);
    }

    /**
     * Returns a peer's preshared key, which stays this object's to close.
     *
     * @param peer the peer's public key
     * @return the key; empty where there is none
     */
    public Optional<SecretKey> presharedKey(PublicKey peer) {
        return Optional.ofNullable(presharedKeys.get(peer));
    }

    /** Wipes all keys; a second call does nothing. */
    @Override
    public void close() {
        privateKey().ifPresent(SecretKey::close);
        presharedKeys.values().forEach(SecretKey::close);
    }

    /** Returns a text without any key. */
    @Override
    public String toString() {
        return "DeviceSecrets[redacted]";
    }
}
