package io.wgsd.backend.uapi.codec;

import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.DeviceSecrets;
import java.util.Optional;

/**
 * One answer: the device, and its secrets where they were asked for, which closing wipes.
 *
 * @param device the device
 * @param secrets its keys; none where they were not asked for
 * @param tellsOwnPublicKey whether the device sent its own public key, as boringtun does
 * @param hasHandshakeAges whether handshakes were sent as ages
 * @param known its peers, to be known again in the next answer; none where that was not wanted
 */
public record Snapshot(
        Device device, DeviceSecrets secrets, boolean tellsOwnPublicKey, boolean hasHandshakeAges, KnownPeers known)
        implements AutoCloseable {

    /** Returns the configuration of a peer that exists; its preshared key stays this snapshot's. */
    public Optional<PeerConfiguration> peer(PublicKey key) {
        return device.peer(key)
                .map(peer ->
                        PeerConfiguration.of(peer, secrets.presharedKey(key).orElse(null)));
    }

    @Override
    public void close() {
        secrets.close();
    }
}
