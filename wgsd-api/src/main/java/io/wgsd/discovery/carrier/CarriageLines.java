package io.wgsd.discovery.carrier;

import io.wgsd.internal.tls.Destination;
import io.wgsd.model.Endpoint;
import java.time.Duration;

/** The sockets that stand for relay and registry on this host, and the connections behind them. Thread-safe. */
interface CarriageLines extends AutoCloseable {

    /** Returns the endpoint that stands for a destination. */
    Endpoint endpoint(Destination destination);

    /** Sets whether there is to be a connection; returns at once. */
    void want(Destination destination, boolean wanted);

    /** Returns whether there is a connection. */
    boolean isOpen(Destination destination);

    /** Returns for how long there has been no connection although one is wanted. */
    Duration down(Destination destination);

    /** Sets the port of WireGuard's own socket, the only one whose packets are carried. */
    void setWireGuardPort(int port);

    /** Ends the connections, and waits for the threads to end. */
    @Override
    void close();
}
