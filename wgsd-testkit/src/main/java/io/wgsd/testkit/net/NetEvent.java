package io.wgsd.testkit.net;

import java.time.Duration;
import java.util.Locale;

/**
 * Something that happened in a {@link SimulatedNet}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param at the virtual time that had passed
 * @param kind what happened
 * @param node the name of the host or NAT where it happened
 * @param text what it happened to, for people
 */
public record NetEvent(Duration at, Kind kind, String node, String text) {

    /** What can happen. More kinds may be added, so a {@code switch} over them needs a {@code default}. */
    public enum Kind {
        /** A host sent a datagram. */
        SENT,
        /** A host received a datagram at one of its sockets. */
        RECEIVED,
        /** A datagram was lost on its way by chance. */
        LOST,
        /** A datagram will arrive twice. */
        DUPLICATED,
        /** A partition stopped a datagram. */
        PARTITIONED,
        /** A NAT dropped an unsolicited datagram. */
        FILTERED,
        /** No node has a datagram's destination address, or the node has no address of its family. */
        UNROUTABLE,
        /** A datagram arrived at a port without a socket. */
        UNHEARD,
        /** A WireGuard peer derived a session and can send under it. */
        HANDSHAKE,
        /** A WireGuard peer was heard from another endpoint than the one it had. */
        ROAMED,
        /** A WireGuard peer was not reached for so long that no more initiations are sent. */
        GAVE_UP,
        /** A relay hears a member at a source from now on. */
        ATTACHED,
        /** A relay does not hear a member any more. */
        DETACHED,
        /** A relay sent a member what another member sent. */
        RELAYED,
        /** A relay keeps a handshake initiation for a member for a while. */
        HELD
    }

    /** Returns one line for a log: time in milliseconds, node, what happened, and to what. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,12.3f ms  %-10s %-11s %s", at.toNanos() / 1e6, node, kind, text);
    }
}
