package io.wgsd.server.answer.access;

/** What a client may have. */
public enum Access {
    /** Nothing, not even a refusal: the source is forged, and an answer would go to somebody else. */
    NOTHING,
    /** A refusal. */
    REFUSAL,
    /** The records of a peer whose key the client names, and the zone's own, but no list of peers. */
    KNOWN_KEYS,
    /** Every record, the list of peers with it. */
    EVERYTHING,
    /** Every record, and transfers of the whole zone. */
    TRANSFER
}
