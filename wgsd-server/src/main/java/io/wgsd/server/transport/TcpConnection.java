package io.wgsd.server.transport;

import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream: requests one behind the other, split and joined anywhere, are answered in their order.
 *
 * <p>It holds at most one request and, of messages that the client does not take off, {@link #MAX_UNSENT} bytes and one
 * more; until they are gone, it reads nothing. A response of many messages gives way to other connections after so many
 * bytes. Used on the loop's thread only.
 */
final class TcpConnection {

    private static final int LENGTH_BYTES = 2;
    private static final int FIRST_BUFFER = 1024;
    private static final int MAX_BUFFER = LENGTH_BYTES + 65_535;
    private static final int MAX_UNSENT = 65_536;
    private static final int MAX_PUSHED = 4 * MAX_UNSENT;

    private final SocketChannel channel;
    private final Asker asker;
    private final StreamHandler handler;
    private final LongSupplier nanoClock;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private int unsentBytes;
    /** What is left of the response that is being sent. */
    private Iterator<byte[]> rest = Collections.emptyIterator();

    private ByteBuffer received = ByteBuffer.allocate(FIRST_BUFFER);
    private boolean ended;
    private long progressedAt;
    private @Nullable SelectionKey key;

    TcpConnection(
            SocketChannel channel,
            Asker asker,
            MessageHandler handler,
            LongSupplier nanoClock,
            Consumer<TcpConnection> end) {
        this.channel = channel;
        this.asker = asker;
        this.nanoClock = nanoClock;
        progressedAt = nanoClock.getAsLong();
        this.handler = handler.open(asker, new Outlet() {
            @Override
            public void send(byte[] message) {
                if (!push(message)) {
                    end.accept(TcpConnection.this);
                }
            }

            @Override
            public void close() {
                end.accept(TcpConnection.this);
            }
        });
    }

    /** Returns how long it may be without progress, where that is agreed on. */
    Optional<Duration> patience() {
        return handler.patience();
    }

    void closed() {
        handler.closed();
    }

    /** Sends what nobody asked for just now; false where the client has not taken off what was sent before. */
    private boolean push(byte[] message) {
        SelectionKey served = key;
        if (served == null || !served.isValid() || unsentBytes > MAX_PUSHED) {
            return false;
        }
        try {
            send(message);
            flush();
            setInterest(served);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    SocketChannel channel() {
        return channel;
    }

    IpAddress client() {
        return asker.address();
    }

    /** Returns when a request last was whole, or a message had been taken off, by the monotonic clock. */
    long progressedAt() {
        return progressedAt;
    }

    /**
     * Reads, answers and writes as far as that goes without waiting.
     *
     * @return whether the connection goes on
     * @throws IOException if the connection is broken
     */
    boolean serve(SelectionKey ready) throws IOException {
        key = ready;
        if (ready.isReadable() && !ended) {
            ended = channel.read(received) < 0;
        }
        boolean silenced;
        do {
            silenced = !answer();
            flush();
        } while (!silenced && !isFull() && !rest.hasNext() && hasRequest());
        if (silenced || (ended && unsent.isEmpty() && !rest.hasNext())) {
            return false;
        }
        fitBuffer();
        setInterest(ready);
        return true;
    }

    private void setInterest(SelectionKey served) {
        int read = ended || isFull() || rest.hasNext() ? 0 : SelectionKey.OP_READ;
        int write = unsent.isEmpty() && !rest.hasNext() ? 0 : SelectionKey.OP_WRITE;
        served.interestOps(read | write);
    }

    /** Answers whole requests until there are none, or the client has to take messages off first; false is silence. */
    private boolean answer() {
        received.flip();
        try {
            while (!isFull() && (rest.hasNext() || hasRequest(received))) {
                if (!rest.hasNext()) {
                    byte[] request = new byte[received.getShort() & 0xffff];
                    received.get(request);
                    progressedAt = nanoClock.getAsLong();
                    Iterator<byte[]> answer = handler.answer(request);
                    if (answer == null) {
                        return false;
                    }
                    rest = answer;
                }
                if (rest.hasNext()) {
                    send(rest.next());
                }
            }
            return true;
        } finally {
            received.compact();
        }
    }

    /** Sends length and message in one piece, for the sake of clients that expect both at once (RFC 7766, section 8). */
    private void send(byte[] message) {
        unsent.add(ByteBuffer.allocate(LENGTH_BYTES + message.length)
                .putShort((short) message.length)
                .put(message)
                .flip());
        unsentBytes += LENGTH_BYTES + message.length;
    }

    private void flush() throws IOException {
        if (unsent.isEmpty()) {
            return;
        }
        channel.write(unsent.toArray(new ByteBuffer[0]));
        while (!unsent.isEmpty() && !unsent.peek().hasRemaining()) {
            unsentBytes -= unsent.remove().capacity();
            progressedAt = nanoClock.getAsLong();
        }
    }

    /** Gives a request that has begun the room that its bytes have earned, never what its length only promises. */
    private void fitBuffer() {
        if (!received.hasRemaining() && received.capacity() < MAX_BUFFER) {
            received = ByteBuffer.allocate(Math.min(2 * received.capacity(), MAX_BUFFER))
                    .put(received.flip());
        } else if (received.position() == 0 && received.capacity() > FIRST_BUFFER) {
            received = ByteBuffer.allocate(FIRST_BUFFER);
        }
    }

    private boolean hasRequest() {
        return hasRequest(received.duplicate().flip());
    }

    private static boolean hasRequest(ByteBuffer bytes) {
        return bytes.remaining() >= LENGTH_BYTES
                && bytes.remaining() - LENGTH_BYTES >= (bytes.getShort(bytes.position()) & 0xffff);
    }

    private boolean isFull() {
        return unsentBytes >= MAX_UNSENT;
    }
}
