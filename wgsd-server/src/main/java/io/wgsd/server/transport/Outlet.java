package io.wgsd.server.transport;

/** Where messages go that nobody has asked for just now; on the thread that serves the stream only. */
public interface Outlet {

    /**
     * Sends a message; a client that does not take them off is cut.
     *
     * @param message at most 65535 bytes
     */
    void send(byte[] message);

    /** Ends the stream. */
    void close();
}
