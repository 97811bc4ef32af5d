package io.wgsd.backend.netlink.transport;

import io.wgsd.spi.Operation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A socket to the kernel with its buffers, used by one thread at a time. */
public interface NetlinkSocket extends Closeable {

    /** Returns the buffer for the next request, 64 KiB in the machine's byte order; it is this socket's. */
    ByteBuffer request();

    /**
     * Sends what remains in the request's buffer, as one datagram. The kernel works on a request while it is sent,
     * which neither a deadline nor an interrupt can end.
     *
     * @throws ErrnoException if the kernel does not take it
     */
    void send() throws IOException;

    /**
     * Waits for the kernel's next datagram.
     *
     * @param operation what it is for, which bounds the wait
     * @return the datagram, valid until the next one is received
     * @throws ErrnoException if a system call fails
     * @throws IOException if the operation must end, or the datagram is longer than any that was asked for
     */
    ByteBuffer receive(Operation operation) throws IOException;

    /** Wipes what was sent and received. */
    void wipe();

    /** Wipes and frees everything; a second call does nothing. */
    @Override
    void close();
}
