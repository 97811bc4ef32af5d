package io.wgsd.portmap.pcp;

/**
 * What a server said about how long it has known what it knows, and when: RFC 6887, section 8.5.
 *
 * @param client this host's monotonic clock, in seconds
 * @param server the server's epoch, in seconds
 */
record PcpEpoch(long client, long server) {

    /** How far clocks run apart, in parts of the time that has passed. */
    private static final int DRIFT = 16;

    private static final int SLACK = 2;

    /** Returns whether the server cannot have forgotten anything between an earlier response and this one. */
    boolean follows(PcpEpoch earlier) {
        if (server < earlier.server - 1) {
            return false;
        }
        long here = client - earlier.client;
        long there = server - earlier.server;
        return here + SLACK >= there - there / DRIFT && there + SLACK >= here - here / DRIFT;
    }
}
