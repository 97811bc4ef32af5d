package io.wgsd.testkit.net;

import org.jspecify.annotations.Nullable;

/** What a transport message carries: a packet, or nothing, which is a keepalive. */
record Plaintext(@Nullable TunnelDatagram packet) {

    static final Plaintext KEEPALIVE = new Plaintext(null);

    private static final int PADDING_MULTIPLE = 16;
    private static final int IPV4_AND_UDP_HEADER = 28;
    private static final int IPV6_AND_UDP_HEADER = 48;

    boolean isKeepalive() {
        return packet == null;
    }

    int paddedLength() {
        if (packet == null) {
            return 0;
        }
        int header = packet.destination().address().isIpv6() ? IPV6_AND_UDP_HEADER : IPV4_AND_UDP_HEADER;
        int length = header + packet.length();
        return (length + PADDING_MULTIPLE - 1) / PADDING_MULTIPLE * PADDING_MULTIPLE;
    }

    @Override
    public String toString() {
        return packet == null ? "keepalive" : "data (" + packet + ")";
    }
}
