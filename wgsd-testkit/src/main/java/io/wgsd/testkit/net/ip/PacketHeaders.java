package io.wgsd.testkit.net.ip;

import io.wgsd.model.IpAddress;

/** The length of a UDP datagram as an IP packet. */
public final class PacketHeaders {

    private static final int IPV4_AND_UDP = 28;
    private static final int IPV6_AND_UDP = 48;

    private PacketHeaders() {}

    /** Returns how many bytes IP and UDP put before the payload. */
    public static int length(IpAddress address) {
        return address.isIpv6() ? IPV6_AND_UDP : IPV4_AND_UDP;
    }
}
