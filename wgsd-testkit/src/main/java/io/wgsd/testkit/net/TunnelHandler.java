package io.wgsd.testkit.net;

/** What a host does with the datagrams that come out of a tunnel at one of its sockets. */
@FunctionalInterface
public interface TunnelHandler {

    /**
     * Takes a datagram, as an event of the timeline.
     *
     * @param datagram what arrived; it came from a peer whose allowed IPs hold its source
     */
    void receive(TunnelDatagram datagram);
}
