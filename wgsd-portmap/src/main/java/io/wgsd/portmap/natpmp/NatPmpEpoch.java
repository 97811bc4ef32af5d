package io.wgsd.portmap.natpmp;

/**
 * What a server said about how long it has known what it knows, and when: RFC 6886, section 3.6.
 *
 * @param client this host's monotonic clock, in seconds
 * @param server the server's epoch, in seconds
 */
record NatPmpEpoch(long client, long server) {

    private static final int SLACK = 2;

    /** Returns whether the server cannot have forgotten anything between an earlier response and this one. */
    boolean follows(NatPmpEpoch earlier) {
        long expected = earlier.server + (client - earlier.client) * 7 / 8;
        return server >= expected - SLACK;
    }
}
