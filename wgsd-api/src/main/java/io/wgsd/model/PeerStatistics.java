package io.wgsd.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What WireGuard counts for a peer: its latest handshake, and the bytes received from it and sent to it.
 *
 * <p>The counters start at zero when the peer is added. Immutable and thread-safe.
 */
public final class PeerStatistics {

    private static final PeerStatistics NONE = new PeerStatistics(null, 0, 0);

    private final @Nullable Instant latestHandshake;
    private final long rxBytes;
    private final long txBytes;

    private PeerStatistics(@Nullable Instant latestHandshake, long rxBytes, long txBytes) {
        this.latestHandshake = latestHandshake;
        this.rxBytes = rxBytes;
        this.txBytes = txBytes;
    }

    /**
     * Returns the statistics of a peer that has just been added.
     *
     * @return no handshake, no bytes
     */
    public static PeerStatistics none() {
        return NONE;
    }

    /**
     * Returns these statistics.
     *
     * @param latestHandshake when the latest handshake ended, by the wall clock of WireGuard's host; null for never
     * @param rxBytes bytes received from the peer, unsigned
     * @param txBytes bytes sent to the peer, unsigned
     * @return the statistics
     */
    public static PeerStatistics of(@Nullable Instant latestHandshake, long rxBytes, long txBytes) {
        return latestHandshake == null && rxBytes == 0 && txBytes == 0
                ? NONE
                : new PeerStatistics(latestHandshake, rxBytes, txBytes);
    }

    /**
     * Returns when the latest handshake ended, by the wall clock of WireGuard's host.
     *
     * @return the instant, as fine as the backend's {@code Capabilities} say; empty where there was none
     */
    public Optional<Instant> latestHandshake() {
        return Optional.ofNullable(latestHandshake);
    }

    /**
     * Returns the bytes received from the peer, handshakes and keepalives included.
     *
     * @return an unsigned number
     */
    public long rxBytes() {
        return rxBytes;
    }

    /**
     * Returns the bytes sent to the peer, handshakes and keepalives included.
     *
     * @return an unsigned number
     */
    public long txBytes() {
        return txBytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerStatistics that
                && rxBytes == that.rxBytes
                && txBytes == that.txBytes
                && Objects.equals(latestHandshake, that.latestHandshake);
    }

    @Override
    public int hashCode() {
        return Objects.hash(latestHandshake, rxBytes, txBytes);
    }

    @Override
    public String toString() {
        return "PeerStatistics[latestHandshake=" + (latestHandshake == null ? "never" : latestHandshake) + ", rxBytes="
                + Long.toUnsignedString(rxBytes) + ", txBytes=" + Long.toUnsignedString(txBytes) + "]";
    }
}
