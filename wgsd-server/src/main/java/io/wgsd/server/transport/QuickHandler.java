package io.wgsd.server.transport;

import io.wgsd.internal.Base32Keys;

/** Answers what is usual among datagrams, on one thread and without an object for each. */
@FunctionalInterface
public interface QuickHandler {

    /** How many bytes of a message {@link #expect} gets: its header, and the first label of a peer's name. */
    int HEAD = 12 + 1 + Base32Keys.UNPADDED_LENGTH;

    /**
     * Answers a datagram.
     *
     * @param message what holds it
     * @param length how many bytes it has
     * @param high the upper half of the source address, in which an IPv4 address is an IPv4-mapped one (RFC 4291,
     *     section 2.5.5.2)
     * @param low the lower half
     * @param response where the answer is written
     * @return how many bytes it has; 0 where the message is left to {@link MessageHandler#answer}
     */
    int answer(byte[] message, int length, long high, long low, byte[] response);

    /**
     * Called with messages that {@link #answer} will be asked for next, to fetch from memory what it will need, which
     * takes less time for several at once; does nothing by default.
     *
     * @param heads how the messages begin, {@link #HEAD} bytes each, with anything behind a shorter one
     * @param count how many there are
     */
    default void expect(byte[][] heads, int count) {}
}
