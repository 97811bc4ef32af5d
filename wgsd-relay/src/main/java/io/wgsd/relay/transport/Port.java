package io.wgsd.relay.transport;

import io.wgsd.relay.forward.Dispatcher;
import io.wgsd.relay.roster.Source;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One of the relay's sockets. */
interface Port {

    /** Returns where it is bound. */
    InetSocketAddress address();

    /**
     * Receives until it is closed, on the calling thread, and sends on what needs no further look.
     *
     * @param dispatcher judges packets
     * @param inlet takes what has to be looked at
     * @throws IOException if the socket fails
     */
    void receive(Dispatcher dispatcher, Inlet inlet) throws IOException;

    /**
     * Sends from any thread, and returns whether the system took it: a full buffer or no route concerns this packet
     * alone.
     */
    boolean send(byte[] message, Source to);

    /** Lets {@link #receive} return soon; nothing is sent from now on. */
    void close();

    /** Closes what nobody has received from yet. */
    void abandon();
}
