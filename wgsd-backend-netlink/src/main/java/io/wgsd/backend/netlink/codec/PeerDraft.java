package io.wgsd.backend.netlink.codec;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a dump says of one peer, which may be spread over several messages: all but the first hold only the key
 * and further allowed IPs (drivers/net/wireguard/netlink.c, get_peer).
 */
final class PeerDraft {

    private static final int MAX_NANOS = 999_999_999;

    private final PublicKey publicKey;
    private final Peer.Builder peer;
    private @Nullable Instant latestHandshake;
    private long rxBytes;
    private long txBytes;
    private @Nullable IpPrefix sliceStart;

    PeerDraft(PublicKey publicKey) {
        this.publicKey = publicKey;
        peer = Peer.builder(publicKey);
    }

    PublicKey publicKey() {
        return publicKey;
    }

    /** Returns the first allowed IP of what was taken last; null where there was none. */
    @Nullable
    IpPrefix sliceStart() {
        return sliceStart;
    }

    /** Begins another part of the same peer. */
    void nextSlice() {
        sliceStart = null;
    }

    /** Takes an attribute that is no secret; others than a peer's are ignored, those of kernels to come included. */
    void take(Attributes attribute) throws ProtocolException {
        switch (attribute.type()) {
            case WireGuard.PEER_A_ENDPOINT -> {
                Endpoint endpoint = SocketAddresses.read(attribute.struct());
                if (endpoint != null) {
                    peer.endpoint(endpoint);
                }
            }
            case WireGuard.PEER_A_PERSISTENT_KEEPALIVE_INTERVAL ->
                peer.persistentKeepalive(Duration.ofSeconds(attribute.u16()));
            case WireGuard.PEER_A_LAST_HANDSHAKE_TIME -> latestHandshake = timespec(attribute.struct());
            case WireGuard.PEER_A_RX_BYTES -> rxBytes = attribute.u64();
            case WireGuard.PEER_A_TX_BYTES -> txBytes = attribute.u64();
            case WireGuard.PEER_A_ALLOWEDIPS -> allowedIps(attribute.nested());
            default -> {}
        }
    }

    Peer build() {
        return peer.statistics(PeerStatistics.of(latestHandshake, rxBytes, txBytes))
                .build();
    }

    private void allowedIps(Attributes list) throws ProtocolException {
        while (list.next()) {
            IpPrefix prefix = AllowedIps.read(list.nested());
            if (sliceStart == null) {
                sliceStart = prefix;
            }
            peer.allowedIp(prefix);
        }
    }

    /** Reads a struct __kernel_timespec: i64 seconds and i64 nanoseconds of the wall clock, both 0 for never. */
    private static @Nullable Instant timespec(ByteBuffer time) throws ProtocolException {
        if (time.remaining() != 2 * Long.BYTES) {
            throw new ProtocolException("a time has " + time.remaining() + " bytes");
        }
        long seconds = time.getLong(0);
        long nanos = time.getLong(Long.BYTES);
        if (seconds == 0 && nanos == 0) {
            return null;
        }
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw new ProtocolException("a time has " + nanos + " ns beside its seconds");
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw new ProtocolException("a time has " + seconds + " s");
        }
    }
}
