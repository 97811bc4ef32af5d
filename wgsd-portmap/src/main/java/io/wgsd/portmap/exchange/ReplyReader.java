package io.wgsd.portmap.exchange;

import java.net.ProtocolException;
import java.util.Optional;

/**
 * Reads what a router has sent.
 *
 * @param <R> what an answer says
 */
@FunctionalInterface
public interface ReplyReader<R> {

    /**
     * Reads a datagram.
     *
     * @return what it says; empty if it is no answer to this question
     * @throws ProtocolException if it is no message of the protocol
     */
    Optional<R> read(byte[] datagram) throws ProtocolException;
}
