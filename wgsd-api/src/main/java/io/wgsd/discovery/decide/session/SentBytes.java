package io.wgsd.discovery.decide.session;

import io.wgsd.model.Peer;
import java.time.Duration;

/**
 * Finds out from the growth of a peer's counters which messages were sent, by their sizes
 * (drivers/net/wireguard/messages.h): an initiation has 148 bytes, a response 92, and data are padded to 16 and have a
 * header and a tag of 16 each.
 */
public final class SentBytes {

    public static final long INITIATION = 148;

    /** The smallest message that carries a packet. */
    public static final long LEAST_DATA = 48;

    private static final long KEEPALIVE = 32;
    private static final long PADDING = 16;

    /** Four initiations are as long as some padded data. */
    private static final long MOST_INITIATIONS = 3;

    /** A peer that has received data and has none to send answers with a keepalive, at most this often. */
    private static final Duration PASSIVE_KEEPALIVE = Duration.ofSeconds(10);

    private SentBytes() {}

    /** Returns whether the bytes can only be initiations: there was something to send, and no key to send it with. */
    public static boolean areInitiations(long bytes) {
        return bytes > 0 && bytes % INITIATION == 0 && bytes / INITIATION <= MOST_INITIATIONS;
    }

    public static boolean holdAnInitiation(long bytes) {
        return bytes % PADDING == INITIATION % PADDING;
    }

    /** Keepalives need no answer, and WireGuard does not wait for one; all other data are longer. */
    public static boolean wantAnAnswer(long bytes, Peer peer, Duration elapsed) {
        if (bytes == 0 || bytes % KEEPALIVE != 0) {
            return bytes != 0;
        }
        // Duration divides by way of BigDecimal, which is slow for ten thousand peers.
        long nanos = elapsed.toNanos();
        long keepalives = 1
                + nanos / PASSIVE_KEEPALIVE.toNanos()
                + peer.persistentKeepalive()
                        .map(interval -> 1 + nanos / interval.toNanos())
                        .orElse(0L);
        return bytes > keepalives * KEEPALIVE;
    }
}
