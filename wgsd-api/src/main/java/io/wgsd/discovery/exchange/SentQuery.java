package io.wgsd.discovery.exchange;

/** A datagram that was sent for a question, and the id that its response will have. */
final class SentQuery {

    private final PendingRequest owner;
    private final Step.Ask ask;
    private final UdpSocket port;
    private final int id;
    private final byte[] query;

    SentQuery(PendingRequest owner, Step.Ask ask, UdpSocket port, int id) {
        this.owner = owner;
        this.ask = ask;
        this.port = port;
        this.id = id;
        query = owner.question().toWire(id, ask.edns());
    }

    PendingRequest owner() {
        return owner;
    }

    Step.Ask ask() {
        return ask;
    }

    UdpSocket port() {
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
