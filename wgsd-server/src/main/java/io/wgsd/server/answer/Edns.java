package io.wgsd.server.answer;

/**
 * What an asker says of itself in an OPT record (RFC 6891, section 6.1.2).
 *
 * @param payloadSize the greatest datagram that it takes
 * @param version the version of EDNS that it speaks
 * @param dnssecOk whether it wants signatures (RFC 3225)
 */
record Edns(int payloadSize, int version, boolean dnssecOk) {

    static final int DNSSEC_OK = 0x8000;

    /** Reads the fields of an OPT record that lie where others have class and TTL. */
    static Edns of(int dclass, long ttl) {
        return new Edns(dclass, (int) (ttl >>> 16) & 0xff, (ttl & DNSSEC_OK) != 0);
    }
}
