package io.wgsd.discovery;

/**
 * What an agent does about a peer, or has found out about it.
 *
 * <p>More states may be added, so a {@code switch} over them needs a {@code default}.
 */
public enum PeerState {
    /** No registry has advertised an endpoint for the peer yet. */
    WAITING("waiting for an endpoint"),
    /** A handshake with the peer is attempted, and this host, whose key is the lesser one, goes first. */
    OPENING("opening"),
    /** A handshake with the peer is attempted, and this host, whose key is the greater one, goes second. */
    CALLING("calling"),
    /** The peer has a live session and is left alone. */
    DIRECT("direct"),
    /**
     * The peer has a live session, whose packets a relay forwards unread; it is moved to a direct path that works, and
     * is left alone otherwise.
     */
    RELAYED("relayed"),
    /** The peer's session has died, and the endpoint that it had is tried once more. */
    SUSPECT("suspect"),
    /** The peer has not answered for some seconds; it is tried again at a low rate. */
    SILENT("silent"),
    /** The peer is advertised where this host cannot reach it, or was tried for some time without an answer. */
    UNREACHABLE("unreachable"),
    /** The peer is never written: the caller named it, or a registry is reached through it. */
    KEPT("kept"),
    /** The peer is no longer on the device. */
    GONE("gone");

    private final String text;

    PeerState(String text) {
        this.text = text;
    }

    /**
     * Returns the state in words for people.
     *
     * @return a few words, which complete "the peer is …"
     */
    @Override
    public String toString() {
        return text;
    }
}
