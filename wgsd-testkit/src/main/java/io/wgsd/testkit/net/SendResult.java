package io.wgsd.testkit.net;

/** What became of a datagram that was sent into a tunnel. More constants may be added. */
public enum SendResult {
    /** It was sent under the keys of a session. */
    SENT,
    /** There is no session: it waits for a handshake, which this starts if it may. */
    STAGED,
    /** No peer's allowed IPs hold the destination; the kernel says ENOKEY. */
    NO_PEER,
    /** The peer has no endpoint; the kernel says EDESTADDRREQ, wireguard-go keeps it instead. */
    NO_ENDPOINT,
    /** The interface is down. */
    DOWN
}
