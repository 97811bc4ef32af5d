package io.wgsd.relay.tally;

/** What became of a packet that has come. */
public enum Outcome {
    /** Data of a session between two members: sent on. */
    FORWARDED,
    /** A handshake's message between two members: sent on. */
    FORWARDED_HANDSHAKE,
    /** An initiation to a member that is not attached, or that may cross the other side's: kept for a moment. */
    DELAYED,
    /** An initiation that was kept and then dropped, since the other side's was answered. */
    CROSSED,
    /** For the relay itself, and authentic. */
    TO_RELAY,
    /** For the relay itself, and answered with a cookie. */
    COOKIE,
    /** For the relay itself, but false, repeated or by no member. */
    REFUSED,
    /** Of no form that WireGuard has. */
    MALFORMED,
    /** From a source that is no member's, and for nobody. */
    UNKNOWN_SOURCE,
    /** From a member, with an index or for a key to which it has no way. */
    UNKNOWN_TARGET,
    /** For a member that is not attached. */
    UNREACHABLE,
    /** Beyond what one identity may take. */
    OVER_LIMIT,
    /** Could not be sent, for lack of buffers or of a route. */
    SEND_FAILED
}
