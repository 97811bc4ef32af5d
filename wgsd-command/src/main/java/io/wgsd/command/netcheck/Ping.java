package io.wgsd.command.netcheck;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Asks a host for an echo (RFC 792, RFC 4443). */
interface Ping {

    /** What {@link #send} sends beside the payload: headers of IPv4 and ICMP. */
    int IPV4_HEADERS = 28;

    /** The same for IPv6. */
    int IPV6_HEADERS = 48;

    /**
     * Sends one packet that no router may take apart, and waits a second for the echo.
     *
     * @param payload how many bytes it has behind its headers
     * @return how long the echo took; empty where none came
     */
    Optional<Duration> send(InetAddress host, int payload) throws InterruptedException;

    static int headers(InetAddress host) {
        return host instanceof Inet6Address ? IPV6_HEADERS : IPV4_HEADERS;
    }
}
