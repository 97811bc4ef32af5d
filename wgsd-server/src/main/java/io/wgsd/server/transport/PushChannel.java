package io.wgsd.server.transport;

/** Where messages go that are no answers. Used on the thread that serves the stream only. */
public interface PushChannel {

    /**
     * Sends a message; a client that does not take them off is cut.
     *
     * @param message at most 65535 bytes
     */
    void send(byte[] message);

    /** Ends the stream. */
    void close();

    /** Breaks the stream off (TCP's RST), as RFC 8490, section 5.3, has it where a client keeps to no rule. */
    default void reset() {
        close();
    }

    /**
     * Takes memory from what the client may have, for what is kept for it until {@link #release} or the stream's end.
     *
     * @param bytes how much
     * @return whether there is so much; if not, nothing may be kept
     */
    default boolean reserve(long bytes) {
        return true;
    }

    /**
     * Gives memory back.
     *
     * @param bytes what was reserved
     */
    default void release(long bytes) {}
}
