package io.wgsd.server.transport.tcp;

import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.Client;
import io.wgsd.server.transport.MessageHandler;
import io.wgsd.server.transport.PushChannel;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.StreamHandler;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream: requests one behind the other, split and joined anywhere, are answered in their order.
 *
 * <p>It holds at most one request and, of messages that the client does not take off, {@link #MAX_UNSENT} bytes and one
 * more; until they are gone, it reads nothing. After some time, and within a response of many messages after so many
 * bytes, it gives way to other connections. All that it holds its client pays for. Used on the loop's thread only.
 */
final class TcpConnection {

    private static final int FIRST_BUFFER = 1024;
    /** What a connection takes up by itself, the first buffer included. */
    static final int MEMORY = 4096;
    /** An array, a buffer around it and a place in a queue. */
    private static final int MESSAGE_MEMORY = 96;

    /** After so long the next requests have to wait for another turn. */
    static final long NANOS_PER_TURN = Duration.ofMillis(1).toNanos();

    private static final int MAX_BUFFER = WireFormat.LENGTH_PREFIX + WireFormat.MAX_MESSAGE;
    private static final int MAX_UNSENT = WireFormat.MAX_MESSAGE + 1;
    private static final int MAX_PUSHED = 4 * MAX_UNSENT;

    private final SocketChannel channel;
    private final QuerySource source;
    private final MessageHandler answering;
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
    /** With what its turn is waited for; null where it is not. */
    private @Nullable SelectionKey waiting;

    private Account account;
    private long held = MEMORY;
    private long kept;

    /**
     * Makes a connection.
     *
     * @param account whose it is, which has already paid {@link #MEMORY}
     * @param end closes it
     */
    TcpConnection(
            SocketChannel channel,
            QuerySource source,
            Account account,
            MessageHandler handler,
            LongSupplier nanoClock,
            Consumer<TcpConnection> end) {
        this.channel = channel;
        this.source = source;
        this.account = account;
        answering = handler;
        this.nanoClock = nanoClock;
        progressedAt = nanoClock.getAsLong();
        this.handler = handler.open(source, new PushChannel() {
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

            @Override
            public void reset() {
                try {
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                } catch (IOException e) {
                    // It is gone already.
                }
                end.accept(TcpConnection.this);
            }

            @Override
            public boolean reserve(long bytes) {
                // Not the parameter: another one may pay by now.
                boolean reserved = TcpConnection.this.account.keep(bytes);
                kept += reserved ? bytes : 0;
                return reserved;
            }

            @Override
            public void release(long bytes) {
                TcpConnection.this.account.move(0, -bytes);
                kept -= bytes;
            }
        });
    }

    private boolean take(long bytes) {
        boolean taken = account.take(bytes);
        held += taken ? bytes : 0;
        return taken;
    }

    private void give(long bytes) {
        account.move(-bytes, 0);
        held -= bytes;
    }

    Account account() {
        return account;
    }

    /** Returns who the client has shown to be. */
    Optional<Client> shownClient() {
        return handler.client();
    }

    /** Returns whose the connection is by what is known now. */
    Client client() {
        return shownClient().orElseGet(() -> answering.client(source));
    }

    /** Charges another account from now on. */
    void moveTo(Account next) {
        account.move(-held, -kept);
        next.move(held, kept);
        account = next;
    }

    boolean isWaiting() {
        return waiting != null;
    }

    void waitsWith(SelectionKey served) {
        waiting = served;
    }

    /** Ends the waiting, and returns with what it was begun. */
    SelectionKey waitsNoMore() {
        SelectionKey served = Objects.requireNonNull(waiting, "waiting");
        waiting = null;
        return served;
    }

    /** Returns how long it may be without progress, where that is agreed on. */
    Optional<Duration> patience() {
        return handler.patience();
    }

    void closed() {
        handler.closed();
        account.move(-held, -kept);
        held = 0;
        kept = 0;
    }

    /** Sends a message that is no answer; false where the client has not read what was sent before. */
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

    /** Returns when a request last was whole, or a message had been taken off, by the monotonic clock. */
    long progressedAt() {
        return progressedAt;
    }

    /**
     * Reads, answers and writes as far as that goes without waiting.
     *
     * @return whether the connection continues
     * @throws IOException if the connection is broken
     */
    boolean serve(SelectionKey ready) throws IOException {
        key = ready;
        if (ready.isReadable() && !ended) {
            ended = channel.read(received) < 0;
        }
        boolean silenced = !answer();
        flush();
        if (silenced || (ended && unsent.isEmpty() && !rest.hasNext())) {
            return false;
        }
        fitBuffer();
        setInterest(ready);
        return true;
    }

    /** Returns whether there is a whole request that only has to wait for its turn. */
    boolean hasMoreToAnswer() {
        return !isFull() && !rest.hasNext() && hasRequest();
    }

    private void setInterest(SelectionKey served) {
        int read = ended || isFull() || rest.hasNext() ? 0 : SelectionKey.OP_READ;
        int write = unsent.isEmpty() && !rest.hasNext() ? 0 : SelectionKey.OP_WRITE;
        served.interestOps(read | write);
    }

    /** Answers some whole requests, unless the client has to take messages off first; false is silence. */
    private boolean answer() throws IOException {
        received.flip();
        long began = nanoClock.getAsLong();
        long now = began;
        try {
            while (!isFull() && (rest.hasNext() || hasRequest(received))) {
                if (!rest.hasNext()) {
                    if (now - began >= NANOS_PER_TURN) {
                        return true;
                    }
                    byte[] request = new byte[received.getShort() & 0xffff];
                    received.get(request);
                    progressedAt = now;
                    Iterator<byte[]> answer = handler.answer(request);
                    now = nanoClock.getAsLong();
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

    /**
     * Sends length and message in one piece, for the sake of clients that expect both at once (RFC 7766, section 8).
     */
    private void send(byte[] message) throws IOException {
        if (!take(message.length + MESSAGE_MEMORY)) {
            throw new IOException("the client has all the memory that it may have");
        }
        unsent.add(ByteBuffer.allocate(WireFormat.LENGTH_PREFIX + message.length)
                .putShort((short) message.length)
                .put(message)
                .flip());
        unsentBytes += WireFormat.LENGTH_PREFIX + message.length;
    }

    private void flush() throws IOException {
        if (unsent.isEmpty()) {
            return;
        }
        channel.write(unsent.toArray(new ByteBuffer[0]));
        while (!unsent.isEmpty() && !unsent.peek().hasRemaining()) {
            int sent = unsent.remove().capacity();
            unsentBytes -= sent;
            give(sent - WireFormat.LENGTH_PREFIX + MESSAGE_MEMORY);
            progressedAt = nanoClock.getAsLong();
        }
    }

    /** Gives a request that has begun the room that its bytes have earned, never what its length only promises. */
    private void fitBuffer() throws IOException {
        int capacity = received.capacity();
        if (!received.hasRemaining() && capacity < MAX_BUFFER) {
            int greater = Math.min(2 * capacity, MAX_BUFFER);
            if (!take(greater - capacity)) {
                throw new IOException("the client has all the memory that it may have");
            }
            received = ByteBuffer.allocate(greater).put(received.flip());
        } else if (received.position() == 0 && capacity > FIRST_BUFFER) {
            give(capacity - FIRST_BUFFER);
            received = ByteBuffer.allocate(FIRST_BUFFER);
        }
    }

    private boolean hasRequest() {
        return hasRequest(received.duplicate().flip());
    }

    private static boolean hasRequest(ByteBuffer bytes) {
        return bytes.remaining() >= WireFormat.LENGTH_PREFIX
                && bytes.remaining() - WireFormat.LENGTH_PREFIX >= (bytes.getShort(bytes.position()) & 0xffff);
    }

    private boolean isFull() {
        return unsentBytes >= MAX_UNSENT;
    }
}
