package io.wgsd.discovery.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One question over a TCP connection of its own: messages follow their length in two bytes (RFC 1035, section 4.2.2).
 */
final class TcpQuery implements ReadySocket {

    private static final int LENGTH_BYTES = 2;

    /** Learns once how it ends. */
    interface Listener {

        void received(TcpQuery call, byte[] message);

        void failed(TcpQuery call, String why);
    }

    private final PendingRequest owner;
    private final Step.Ask ask;
    private final int id;
    private final Listener listener;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer out;
    private ByteBuffer in = ByteBuffer.allocate(LENGTH_BYTES);
    private boolean lengthKnown;

    TcpQuery(PendingRequest owner, Step.Ask ask, int id, ServerPath path, Selector selector, Listener listener)
            throws IOException {
        this.owner = owner;
        this.ask = ask;
        this.id = id;
        this.listener = listener;
        byte[] query = owner.question().toWire(id, ask.edns());
        out = ByteBuffer.allocate(LENGTH_BYTES + query.length)
                .putShort((short) query.length)
                .put(query)
                .flip();
        channel = path.openTcp();
        key = channel.register(selector, SelectionKey.OP_CONNECT | SelectionKey.OP_WRITE, this);
    }

    PendingRequest owner() {
        return owner;
    }

    Step.Ask ask() {
        return ask;
    }

    int id() {
        return id;
    }

    @Override
    public void ready() {
        try {
            if (channel.isConnectionPending() && !channel.finishConnect()) {
                return;
            }
            if (out.hasRemaining()) {
                write();
            } else {
                read();
            }
        } catch (IOException e) {
            listener.failed(this, SocketErrors.words(e));
        }
    }

    private void write() throws IOException {
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void read() throws IOException {
        while (true) {
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed the TCP connection without a whole answer");
            }
            if (in.hasRemaining()) {
                return;
            }
            if (lengthKnown) {
                listener.received(this, in.array());
                return;
            }
            lengthKnown = true;
            in = ByteBuffer.allocate(in.getShort(0) & 0xffff);
        }
    }

    void close() {
        SocketErrors.closeQuietly(channel);
    }
}
