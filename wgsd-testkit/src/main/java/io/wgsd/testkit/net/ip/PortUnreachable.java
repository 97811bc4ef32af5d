package io.wgsd.testkit.net.ip;

/** What an ICMP error carries instead of data: nobody listens where a datagram was sent to. */
public record PortUnreachable() {

    @Override
    public String toString() {
        return "port unreachable";
    }
}
