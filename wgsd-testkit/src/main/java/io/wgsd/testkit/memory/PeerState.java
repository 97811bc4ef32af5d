package io.wgsd.testkit.memory;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A peer as WireGuard holds it; guarded by the lock of its {@link World}. */
final class PeerState {

    final PublicKey publicKey;
    final TreeSet<IpPrefix> allowedIps = new TreeSet<>();
    private @Nullable Endpoint endpoint;
    private @Nullable SecretKey presharedKey;
    private Duration keepalive = Duration.ZERO;
    private @Nullable Instant latestHandshake;
    private long rxBytes;
    private long txBytes;
    private @Nullable Peer snapshot;

    PeerState(PublicKey publicKey) {
        this.publicKey = publicKey;
    }

    @Nullable
    Endpoint endpoint() {
        return endpoint;
    }

    @Nullable
    SecretKey presharedKey() {
        return presharedKey;
    }

    Duration keepalive() {
        return keepalive;
    }

    /** Returns the peer as a value, the same one until something changes. */
    Peer snapshot() {
        if (snapshot == null) {
            Peer.Builder builder = Peer.builder(publicKey)
                    .allowedIps(allowedIps)
                    .persistentKeepalive(keepalive)
                    .statistics(PeerStatistics.of(latestHandshake, rxBytes, txBytes));
            if (endpoint != null) {
                builder.endpoint(endpoint);
            }
            snapshot = builder.build();
        }
        return snapshot;
    }

    boolean addAllowedIp(IpPrefix prefix) {
        snapshot = null;
        return allowedIps.add(prefix);
    }

    boolean removeAllowedIp(IpPrefix prefix) {
        snapshot = null;
        return allowedIps.remove(prefix);
    }

    void endpoint(Endpoint value) {
        snapshot = null;
        endpoint = value;
    }

    void keepalive(Duration interval) {
        snapshot = null;
        keepalive = interval;
    }

    /** Takes over the key, null for none, and wipes the one before. */
    void presharedKey(@Nullable SecretKey key) {
        wipe();
        presharedKey = key;
    }

    void handshake(Instant at) {
        snapshot = null;
        latestHandshake = at;
    }

    void count(long rx, long tx) {
        snapshot = null;
        rxBytes += rx;
        txBytes += tx;
    }

    void resetStatistics() {
        snapshot = null;
        latestHandshake = null;
        rxBytes = 0;
        txBytes = 0;
    }

    void wipe() {
        if (presharedKey != null) {
            presharedKey.close();
            presharedKey = null;
        }
    }
}
