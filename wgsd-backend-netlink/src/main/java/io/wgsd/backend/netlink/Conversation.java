package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.codec.Messages;
import io.wgsd.backend.netlink.codec.Messages.Outcome;
import io.wgsd.backend.netlink.transport.ErrnoException;
import io.wgsd.backend.netlink.transport.NetlinkSocket;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Requests and their answers over one socket, one at a time and by one thread at a time. */
final class Conversation {

    /** Takes the messages of an answer. */
    interface Handler {
        void message(int type, ByteBuffer payload) throws ProtocolException;
    }

    private final NetlinkSocket socket;
    private int sequence;
    private boolean complete = true;

    Conversation(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Returns the buffer for the next request, which is to be written whole and flipped. */
    ByteBuffer request() {
        return socket.request();
    }

    /** Returns the number for the next request. */
    int nextSequence() {
        return ++sequence;
    }

    /** Returns whether the last answer was read to its end, so that the next request gets its own. */
    boolean isComplete() {
        return complete;
    }

    /**
     * Sends the request that was written last, and hands on its answer.
     *
     * @return whether what was dumped was changed meanwhile
     * @throws ErrnoException if the kernel answers with an error
     */
    boolean exchange(Operation operation, Handler handler) throws IOException {
        operation.check();
        complete = false;
        socket.send();
        boolean interrupted = false;
        while (true) {
            Messages messages = new Messages(socket.receive(operation));
            while (messages.next()) {
                // What a request left behind that timed out is another's answer.
                if (messages.sequence() != sequence || messages.isNoise()) {
                    continue;
                }
                interrupted |= messages.isInterrupted();
                if (messages.isEnd()) {
                    complete = true;
                    Outcome outcome = messages.outcome();
                    if (outcome.errno() != 0) {
                        throw new ErrnoException(outcome.errno(), outcome.said());
                    }
                    return interrupted;
                }
                handler.message(messages.type(), messages.payload());
            }
        }
    }

    /** Wipes what was sent and received. */
    void wipe() {
        socket.wipe();
    }

    void close() {
        socket.close();
    }
}
