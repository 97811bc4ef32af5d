package io.wgsd.backend.uapi.codec;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Collects one peer's lines of an answer. */
final class PeerDraft {

    private static final int MAX_KEEPALIVE = 65535;
    private static final long MAX_SECONDS = Instant.MAX.getEpochSecond();
    private static final long MAX_NANOS = 999_999_999;
    private static final String PORT_0 = ":0";

    private final PublicKey publicKey;
    private final Peer.Builder peer;
    private long handshakeSeconds;
    private long handshakeNanos;
    private long rxBytes;
    private long txBytes;

    PeerDraft(PublicKey publicKey) {
        this.publicKey = publicKey;
        peer = Peer.builder(publicKey);
    }

    PublicKey publicKey() {
        return publicKey;
    }

    /** Takes a field that is no secret; others than a peer's are ignored. */
    void field(UapiKey key, Line line) throws ProtocolException, FormatException {
        switch (key) {
            case ENDPOINT -> endpoint(line.text());
            case ALLOWED_IP -> peer.allowedIp(IpPrefix.parse(line.text()));
            case PERSISTENT_KEEPALIVE_INTERVAL ->
                peer.persistentKeepalive(Duration.ofSeconds(line.decimal(MAX_KEEPALIVE)));
            case LAST_HANDSHAKE_TIME_SEC -> handshakeSeconds = line.decimal(MAX_SECONDS);
            case LAST_HANDSHAKE_TIME_NSEC -> handshakeNanos = line.decimal(MAX_NANOS);
            case RX_BYTES -> rxBytes = line.counter();
            case TX_BYTES -> txBytes = line.counter();
            default -> {}
        }
    }

    boolean hasHandshakeAge(Instant now) {
        return HandshakeTimes.isAge(handshakeSeconds, handshakeNanos, now);
    }

    /** Returns the peer; {@code earlier} is the same peer at an earlier reading. */
    Peer build(Instant now, @Nullable Peer earlier) {
        Instant then =
                earlier == null ? null : earlier.statistics().latestHandshake().orElse(null);
        Instant handshake = HandshakeTimes.at(handshakeSeconds, handshakeNanos, now, then);
        return peer.statistics(PeerStatistics.of(handshake, rxBytes, txBytes)).build();
    }

    /**
     * Takes an endpoint. A peer whose packets come from port 0 has none that could be answered; an error instead would
     * let one peer make its whole device unreadable.
     */
    private void endpoint(String text) {
        if (!text.endsWith(PORT_0)) {
            peer.endpoint(Endpoint.parse(text));
        }
    }
}
