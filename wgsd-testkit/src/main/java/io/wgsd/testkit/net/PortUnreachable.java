package io.wgsd.testkit.net;

/** What an ICMP error carries instead of data: nobody listens where a datagram was sent to. */
record PortUnreachable() {

    @Override
    public String toString() {
        return "port unreachable";
    }
}
