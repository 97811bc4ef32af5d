package io.wgsd.server.transport;

/** Answers what is usual among datagrams, on one thread and without an object for each. */
@FunctionalInterface
public interface QuickHandler {

    /**
     * Answers a datagram.
     *
     * @param message what holds it
     * @param length how many bytes it has
     * @param high the upper half of the source address, in which an IPv4 address is an IPv4-mapped one (RFC 4291, section
     *     2.5.5.2)
     * @param low the lower half
     * @param response where the answer is written
     * @return how many bytes it has; 0 where the message is left to {@link MessageHandler#answer}
     */
    int answer(byte[] message, int length, long high, long low, byte[] response);
}
