package io.wgsd.server.transport;

import org.jspecify.annotations.Nullable;

/** Answers messages, on the threads of the transports, so it must not block. Thread-safe. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Answers a message.
     *
     * @param message what was received, of any length and content
     * @param asker where it came from
     * @return what to send back, at most 65535 bytes; null for silence, which also ends a TCP connection
     */
    byte @Nullable [] answer(byte[] message, Asker asker);
}
