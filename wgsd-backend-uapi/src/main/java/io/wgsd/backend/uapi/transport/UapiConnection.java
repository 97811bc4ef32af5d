package io.wgsd.backend.uapi.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One connection to a WireGuard's socket, of the thread that opened it. Waiting ends with the operation's exception
 * when the operation's time is up, its thread is interrupted or its source closed.
 */
public interface UapiConnection extends Closeable {

    /**
     * Writes all that remains.
     *
     * @param bytes a direct buffer
     * @return false where the other side takes no more; it may have written an answer before
     * @throws IOException if it cannot be written
     */
    boolean write(ByteBuffer bytes) throws IOException;

    /**
     * Waits for bytes and reads some.
     *
     * @param bytes a direct buffer with room
     * @return how many; -1 at the end
     * @throws IOException if they cannot be read
     */
    int read(ByteBuffer bytes) throws IOException;

    /**
     * Returns the user of the process at the other end, as it was when that began to listen; where the system does not
     * report it, the owner of the socket.
     *
     * @return the user's number
     * @throws IOException if it cannot be found out
     */
    int peerUser() throws IOException;

    @Override
    void close() throws IOException;
}
