package io.wgsd.server.transport.bind;

import java.io.IOException;
import java.nio.channels.NetworkChannel;

/** Narrows a socket to what arrives through one interface. */
interface InterfaceBinder {

    /**
     * Narrows a socket for as long as it is open. The size of its receive buffer is anything afterwards.
     *
     * @param socket a socket that is open, but not bound to an address yet, so that nothing has reached it
     * @param device the interface's name
     * @throws IOException if that interface does not exist, or this process may not
     */
    void bind(NetworkChannel socket, String device) throws IOException;
}
