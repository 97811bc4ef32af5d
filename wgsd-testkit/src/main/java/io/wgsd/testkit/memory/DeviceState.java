package io.wgsd.testkit.memory;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A device as WireGuard holds it; guarded by the lock of its {@link World}. */
final class DeviceState {

    final TreeMap<PublicKey, PeerState> peers = new TreeMap<>();
    /** Whose each allowed IP is: of any prefix there is one owner (drivers/net/wireguard/allowedips.c). */
    final Map<IpPrefix, PeerState> owners = new HashMap<>();

    String name;
    int listenPort;
    long firewallMark;
    boolean removed;
    private @Nullable SecretKey privateKey;
    private @Nullable PublicKey publicKey;

    DeviceState(String name, int listenPort) {
        this.name = name;
        this.listenPort = listenPort;
    }

    @Nullable
    PublicKey publicKey() {
        return publicKey;
    }

    @Nullable
    SecretKey privateKey() {
        return privateKey;
    }

    /** Takes over the key, null for none, and wipes the one before. */
    void identity(@Nullable SecretKey key, @Nullable PublicKey itsPublicKey) {
        if (privateKey != null) {
            privateKey.close();
        }
        privateKey = key;
        publicKey = itsPublicKey;
    }

    Device snapshot(DeviceKind kind, Duration handshakePrecision) {
        Device.Builder builder =
                Device.builder(name, kind).listenPort(listenPort).firewallMark(firewallMark);
        if (publicKey != null) {
            builder.publicKey(publicKey);
        }
        peers.values().forEach(peer -> builder.peer(truncated(peer.snapshot(), handshakePrecision)));
        return builder.build();
    }

    DeviceSecrets secrets() {
        Map<PublicKey, SecretKey> presharedKeys = new HashMap<>();
        peers.values().forEach(peer -> {
            SecretKey key = peer.presharedKey();
            if (key != null) {
                presharedKeys.put(peer.publicKey, key.copy());
            }
        });
        return DeviceSecrets.of(privateKey == null ? null : privateKey.copy(), presharedKeys);
    }

    void wipe() {
        identity(null, null);
        peers.values().forEach(PeerState::wipe);
    }

    private static Peer truncated(Peer peer, Duration precision) {
        PeerStatistics exact = peer.statistics();
        Instant handshake = exact.latestHandshake().orElse(null);
        if (handshake == null || precision.compareTo(Duration.ofSeconds(1)) < 0) {
            return peer;
        }
        return peer.withStatistics(
                PeerStatistics.of(Instant.ofEpochSecond(handshake.getEpochSecond()), exact.rxBytes(), exact.txBytes()));
    }
}
