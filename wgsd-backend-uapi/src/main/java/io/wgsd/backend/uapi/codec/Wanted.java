package io.wgsd.backend.uapi.codec;

import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read of a device, and what is known of it already.
 *
 * @param secrets whether the snapshot is to have them
 * @param owners of which peers it is to have the preshared keys, and no private key then; null for all secrets
 * @param publicKey whether the device's own public key is to be derived where the device does not send it
 * @param previous an earlier reading, whose peers are shared where they are equal
 * @param known peers of the latest answer, which need not be looked into again; null where all are to be, and for
 *     secrets
 * @param lastAges the latest reading of a device that sends ages instead of times of handshakes
 */
public record Wanted(
        boolean secrets,
        @Nullable Set<PublicKey> owners,
        boolean publicKey,
        @Nullable Device previous,
        @Nullable KnownPeers known,
        @Nullable Device lastAges) {

    /** What there is but keys. */
    public static final Wanted DEVICE = new Wanted(false, false, null, null, null);

    public static final Wanted SECRETS = new Wanted(true, false, null, null, null);

    public Wanted(
            boolean secrets,
            boolean publicKey,
            @Nullable Device previous,
            @Nullable KnownPeers known,
            @Nullable Device lastAges) {
        this(secrets, null, publicKey, previous, known, lastAges);
    }

    /** Returns what a change needs of peers that have to be created again. */
    public static Wanted presharedKeysOf(Set<PublicKey> owners, boolean publicKey) {
        return new Wanted(!owners.isEmpty(), owners, publicKey, null, null, null);
    }

    /** Returns whether the private key has to be looked at. */
    public boolean takesPrivateKey() {
        return publicKey || (secrets && owners == null);
    }
}
