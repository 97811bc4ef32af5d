package io.wgsd.discovery.decide.move;

import io.wgsd.model.PublicKey;

/**
 * What came of an order.
 *
 * @param peer the peer's key
 * @param outcome what was observed
 */
public record MoveReport(PublicKey peer, Outcome outcome) {

    /** What was observed; the text completes "it stays on the relay, since …". */
    public enum Outcome {
        /** Packets come by the direct path. */
        MOVED("its packets come by the direct path"),
        /** A packet has left for the other side's address, and so passed this side's NAT. */
        OPENED("this side has sent a packet to the other's address"),
        /** WireGuard was not seen to send the packet that opens the NAT. */
        NOT_OPENED("WireGuard sent no packet to the direct address"),
        /** Nothing came by the direct path. */
        UNANSWERED("a direct packet was not answered"),
        /** Packets came by the direct path and then by the relay again. */
        NOT_HELD("the direct path worked, but packets went on coming by the relay"),
        /** Packets of full size got through by the relay, and not by the direct path, by which small ones did. */
        NARROW("packets of the device's full MTU get through by the relay, but not by the direct path"),
        /** WireGuard was not seen to send the peer anything. */
        NOT_SENT("WireGuard sent it nothing"),
        /** There was no pause. */
        BUSY("there was no pause in its traffic"),
        /** Steps were taken so late that a datagram would have kept other packets on the direct path for too long. */
        LATE("this host is too busy to change the path within milliseconds"),
        /** Somebody or something else changed the peer meanwhile. */
        DISTURBED("its endpoint or its handshake changed meanwhile"),
        /** The device could not be read or written. */
        FAILED("the device could not be read or written");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** Returns whether it says why a session stays on the relay. */
        boolean isReason() {
            return this != MOVED && this != OPENED;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
