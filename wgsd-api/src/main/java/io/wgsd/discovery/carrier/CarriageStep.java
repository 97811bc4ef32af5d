package io.wgsd.discovery.carrier;

import io.wgsd.internal.tls.Destination;

/**
 * What is to be done.
 *
 * @param kind what
 * @param destination about which peer
 */
record CarriageStep(Kind kind, Destination destination) {

    enum Kind {
        /** Send something that the peer answers. */
        ASK,
        /** Connect, and connect again where the connection is lost. */
        CONNECT,
        /** Close the connection. */
        CLOSE,
        /** Set the peer's endpoint so that its packets are carried. */
        CARRY,
        /** Set the peer's endpoint to where it was before. */
        RETURN,
        /** Set it there for a moment, and send something that the peer answers. */
        PROBE,
        /** Set it back, and send the same again, since the peer may have taken the other for the way to this host. */
        UNPROBE
    }
}
