package io.wgsd.server.zone;

/** How well a zone shows what WireGuard knows now. */
public enum Freshness {
    /** The device was read a moment ago. */
    FRESH,
    /** The device cannot be read, so peers may be elsewhere by now; answers say so (RFC 8914, codes 3 and 19). */
    STALE,
    /** That has gone on for so long that no answer is better than these. */
    EXPIRED
}
