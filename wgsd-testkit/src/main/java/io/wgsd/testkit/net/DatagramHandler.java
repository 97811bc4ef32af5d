package io.wgsd.testkit.net;

/** What a host does with the datagrams that arrive at one of its sockets. */
@FunctionalInterface
public interface DatagramHandler {

    /**
     * Takes a datagram, as an event of the timeline.
     *
     * @param datagram what arrived, as the last NAT on its way left it
     */
    void receive(Datagram datagram);
}
