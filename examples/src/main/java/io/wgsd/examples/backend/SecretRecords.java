package io.wgsd.examples.backend;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A device's secrets as the appliance tells them: for each a peer's key, or zeros for the device's own, and the secret.
 */
final class SecretRecords {

    private static final int LENGTH = PublicKey.LENGTH + SecretKey.LENGTH;
    private static final PublicKey DEVICE = PublicKey.of(new byte[PublicKey.LENGTH]);

    private SecretRecords() {}

    /**
     * Reads them, as bytes throughout: a String cannot be wiped.
     *
     * @throws IllegalArgumentException if a record is not whole
     */
    static DeviceSecrets read(byte[] records) {
        if (records.length % LENGTH != 0) {
            throw new IllegalArgumentException("secrets must be " + LENGTH + " bytes each, were " + records.length);
        }
        Map<PublicKey, SecretKey> secrets = new HashMap<>();
        for (int at = 0; at < records.length; at += LENGTH) {
            PublicKey owner = PublicKey.of(Arrays.copyOfRange(records, at, at + PublicKey.LENGTH));
            byte[] secret = Arrays.copyOfRange(records, at + PublicKey.LENGTH, at + LENGTH);
            SecretKey earlier = secrets.put(owner, SecretKey.copyOf(secret));
            Arrays.fill(secret, (byte) 0);
            if (earlier != null) {
                earlier.close();
            }
        }
        SecretKey own = secrets.remove(DEVICE);
        return DeviceSecrets.of(own, secrets);
    }
}
