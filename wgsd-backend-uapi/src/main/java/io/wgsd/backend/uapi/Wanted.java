package io.wgsd.backend.uapi;

import io.wgsd.model.Device;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read of a device, and what is known of it already.
 *
 * @param secrets whether the snapshot is to have them
 * @param publicKey whether the device's own public key is to be derived where the device does not tell it
 * @param previous an earlier reading, whose peers are shared where they are equal
 * @param known peers of the latest answer, which need not be looked into again; null where all are to be, and for secrets
 * @param lastAges the latest reading of a device that tells ages instead of times of handshakes
 */
record Wanted(
        boolean secrets,
        boolean publicKey,
        @Nullable Device previous,
        @Nullable KnownPeers known,
        @Nullable Device lastAges) {

    static final Wanted DEVICE = new Wanted(false, true, null, null, null);
    static final Wanted SECRETS = new Wanted(true, true, null, null, null);
}
