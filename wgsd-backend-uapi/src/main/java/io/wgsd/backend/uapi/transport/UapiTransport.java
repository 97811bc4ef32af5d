package io.wgsd.backend.uapi.transport;

import io.wgsd.spi.Operation;
import java.io.IOException;
import java.nio.file.Path;

/** Reaches WireGuard's sockets; safe for concurrent use. */
public interface UapiTransport {

    /**
     * Connects to a socket.
     *
     * @param socket the socket's path
     * @param operation what it is for, which bounds each wait
     * @return a connection, which the caller closes
     * @throws ErrnoException if the system refuses
     * @throws IOException if the operation must end
     */
    UapiConnection open(Path socket, Operation operation) throws IOException;

    /**
     * Returns the number of the user that this process acts as.
     *
     * @return the effective user
     */
    int ownUser();
}
