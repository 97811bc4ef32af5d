package io.wgsd.server.transport;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the messages of one stream, one after the other, on the thread that serves it, so it must not block. */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Answers a message.
     *
     * @param message what was received, of any length and content
     * @return the messages to send back, at most 65535 bytes each, made one by one as the client takes them off; none
     *     to continue in silence; null to end the connection
     */
    @Nullable
    Iterator<byte[]> answer(byte[] message);

    /**
     * Returns how long the stream may be without a message, where that is agreed on.
     *
     * @return the time; empty where the transport decides
     */
    default Optional<Duration> patience() {
        return Optional.empty();
    }

    /**
     * Returns the client that what was sent has proved to be at the other end.
     *
     * @return the client; empty where there is no more to it than its address
     */
    default Optional<Client> client() {
        return Optional.empty();
    }

    /** Called when the stream has ended. */
    default void closed() {}
}
