package io.wgsd.testkit.net.ip;

/** What an ICMP error carries instead of data: no socket is open at the port that a datagram was sent to. */
public record PortUnreachable() {

    @Override
    public String toString() {
        return "port unreachable";
    }
}
