package io.wgsd.discovery.decide.session;

import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a peer's counters show of handshakes while it has no session: WireGuard counts handshake messages too
 * (drivers/net/wireguard/receive.c and socket.c). Immutable and thread-safe.
 *
 * @param rx bytes received, as of the latest reading
 * @param tx bytes sent
 * @param received when something was seen to be received; null before
 * @param sent when a handshake message was seen to be sent, or was caused by a restart; null before
 * @param initiationsOnly whether nothing but initiations was received since {@link #fresh}
 * @param sends how many handshake messages were seen to be sent since then, or since {@link #counted}
 */
public record Traffic(
        long rx,
        long tx,
        @Nullable Moment received,
        @Nullable Moment sent,
        boolean initiationsOnly,
        int sends) {

    /** The size of an initiation (drivers/net/wireguard/messages.h). */
    private static final long INITIATION = 148;

    /** The size of a response, the smallest message after which WireGuard sends no initiation for some time. */
    private static final long RESPONSE = 92;

    /** REKEY_TIMEOUT, in which no second initiation is sent (drivers/net/wireguard/send.c). */
    private static final Duration GATE = Duration.ofSeconds(5);

    public static final Duration QUIET = Duration.ofSeconds(2);

    public static Traffic first(Peer peer) {
        PeerStatistics now = peer.statistics();
        return new Traffic(now.rxBytes(), now.txBytes(), null, null, true, 0);
    }

    public Traffic next(Peer peer, Moment at) {
        PeerStatistics now = peer.statistics();
        boolean afresh = now.rxBytes() < rx || now.txBytes() < tx;
        long came = afresh ? now.rxBytes() : now.rxBytes() - rx;
        long went = afresh ? now.txBytes() : now.txBytes() - tx;
        if (came == 0 && went == 0 && !afresh) {
            return this;
        }
        return new Traffic(
                now.rxBytes(),
                now.txBytes(),
                came > 0 ? at : received,
                went >= RESPONSE ? at : sent,
                initiationsOnly && came % INITIATION == 0,
                sends + messages(went));
    }

    /** Returns the same without what was received, for when a new series of attempts begins. */
    public Traffic fresh() {
        return new Traffic(rx, tx, null, sent, true, 0);
    }

    /** Returns the same with the count of sent messages at zero, for when other endpoints are tried. */
    public Traffic counted() {
        return new Traffic(rx, tx, received, sent, initiationsOnly, 0);
    }

    /** Readings may be further apart than initiations are. */
    private static int messages(long bytes) {
        return bytes < RESPONSE ? 0 : (int) Math.min(1000, Math.max(1, bytes / INITIATION));
    }

    /** Returns the same after a restart, which sends an initiation and resets the counters. */
    public Traffic initiated(Moment at) {
        return new Traffic(0, 0, received, at, initiationsOnly, sends);
    }

    /** Returns whether WireGuard would not send another initiation yet. */
    public boolean isGateShut(Moment at) {
        return sent != null && at.since(sent).compareTo(GATE) < 0;
    }

    /** Returns whether something was received in the last two seconds. */
    public boolean isHearing(Moment at) {
        return received != null && at.since(received).compareTo(QUIET) < 0;
    }

    /**
     * Returns whether the other's initiation has arrived, so long ago that its handshake would be complete: then it
     * has collided with ours, and both are lost. Both NATs are open then.
     */
    public boolean hasCollided(Moment at, Duration settled) {
        return received != null && initiationsOnly && at.since(received).compareTo(settled) >= 0;
    }
}
