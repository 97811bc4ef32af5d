package io.wgsd.server.transport;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers messages, on the threads of the transports, so it must not block. Thread-safe. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Answers a message.
     *
     * @param message what was received, of any length and content
     * @param source where it came from
     * @return what to send back, at most 65535 bytes; null for silence
     */
    byte @Nullable [] answer(byte[] message, QuerySource source);

    /**
     * Returns what answers the usual datagrams of one thread, before {@link #answer} is asked; nothing by default.
     *
     * @param arrival through which interface they come
     * @return the handler that is asked first
     */
    default QuickHandler quick(Arrival arrival) {
        return (message, length, high, low, response) -> 0;
    }

    /**
     * Answers a message of a stream, where a response may have many messages (RFC 5936, section 2.2); one by default.
     *
     * @param message what was received, of any length and content
     * @param source where it came from
     * @return the messages to send back, at most 65535 bytes each, made one by one as the client takes them off; none
     *     for silence, which also ends the connection
     */
    default Iterator<byte[]> answerStream(byte[] message, QuerySource source) {
        byte[] answer = answer(message, source);
        return answer == null ? Collections.emptyIterator() : List.of(answer).iterator();
    }

    /**
     * Returns who pays for a connection.
     *
     * @param source where it comes from
     * @return the client, by default the address's network without any standing
     */
    default Client client(QuerySource source) {
        return Client.network(Client.Standing.STRANGER, source.address());
    }

    /**
     * Begins a stream of messages.
     *
     * @param source where it comes from
     * @param channel what else can be sent over it
     * @return the handler of its messages
     */
    default StreamHandler open(QuerySource source, PushChannel channel) {
        return message -> {
            Iterator<byte[]> answer = answerStream(message, source);
            return answer.hasNext() ? answer : null;
        };
    }
}
