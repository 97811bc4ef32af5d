package io.wgsd.discovery.exchange;

/** A datagram that was sent for a question, and under which id its answer will come. */
final class Sent {

    private final Pending owner;
    private final Step.Ask ask;
    private final UdpPort port;
    private final int id;
    private final byte[] query;

    Sent(Pending owner, Step.Ask ask, UdpPort port, int id) {
        this.owner = owner;
        this.ask = ask;
        this.port = port;
        this.id = id;
        query = owner.question().toWire(id, ask.edns());
    }

    Pending owner() {
        return owner;
    }

    Step.Ask ask() {
        return ask;
    }

    UdpPort port() {
        return port;
    }

    int id() {
        return id;
    }

    /** Returns the datagram, which nobody changes. */
    byte[] query() {
        return query;
    }
}
