package io.wgsd.discovery.push;

import io.wgsd.discovery.push.PushDialogue.News;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One open connection to a registry: it subscribes, sends keepalives, and reads what is pushed.
 *
 * <p>Not thread-safe.
 */
final class PushConnection {

    /** How long nothing may come before a keepalive is sent. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    /** How long the registry may take to answer a keepalive. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MAX_MESSAGE = 2 + 65_535;

    private final PushDialogue dialogue;
    private final SocketChannel channel;
    private final Selector selector;
    private final Consumer<News> listener;
    private final SelectionKey key;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private ByteBuffer received = ByteBuffer.allocate(4096);
    private long heardAt = System.nanoTime();
    private long askedAt;

    /**
     * Begins.
     *
     * @param channel a connected channel that does not block, which stays the caller's
     * @param selector waits for the channel, and may be woken up
     * @param listener receives what the registry says, on the thread that calls {@link #step}
     */
    PushConnection(DnsSdNames names, SocketChannel channel, Selector selector, Consumer<News> listener)
            throws IOException {
        dialogue = new PushDialogue(names);
        this.channel = channel;
        this.selector = selector;
        this.listener = listener;
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Returns whether another connection is needed soon. */
    boolean isUsedUp() {
        return dialogue.isUsedUp();
    }

    /** Follows exactly these peers from now on. */
    void follow(Set<PublicKey> keys) {
        dialogue.follow(keys).forEach(this::send);
    }

    /** Sends what is due, waits until something happens, and reads what has come. */
    void step() throws IOException {
        long left = untilTimeout();
        flush();
        key.interestOps(SelectionKey.OP_READ | (unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE));
        selector.select(Math.max(1, left / 1_000_000));
        selector.selectedKeys().clear();
        read();
    }

    /** Sends a keepalive after a silence, and returns how long to wait for something to come. */
    private long untilTimeout() throws IOException {
        long now = System.nanoTime();
        if (dialogue.awaitsSignOfLife()) {
            long left = askedAt + PATIENCE.toNanos() - now;
            if (left <= 0) {
                throw new SocketTimeoutException("it gave no sign of life for " + PATIENCE);
            }
            return left;
        }
        long left = heardAt + SILENCE.toNanos() - now;
        if (left <= 0) {
            send(dialogue.keepalive());
            askedAt = now;
            return PATIENCE.toNanos();
        }
        return left;
    }

    private void send(byte[] message) {
        unsent.add(ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .flip());
    }

    private void flush() throws IOException {
        while (!unsent.isEmpty()) {
            channel.write(unsent.peek());
            if (unsent.peek().hasRemaining()) {
                return;
            }
            unsent.remove();
        }
    }

    private void read() throws IOException {
        int count = channel.read(received);
        if (count < 0) {
            throw new EOFException("it closed the connection");
        }
        if (count == 0) {
            return;
        }
        heardAt = System.nanoTime();
        received.flip();
        while (received.remaining() >= 2
                && received.remaining() - 2 >= (received.getShort(received.position()) & 0xffff)) {
            byte[] message = new byte[received.getShort() & 0xffff];
            received.get(message);
            dialogue.receive(message).forEach(listener);
        }
        received.compact();
        if (!received.hasRemaining() && received.capacity() < MAX_MESSAGE) {
            received = ByteBuffer.allocate(MAX_MESSAGE).put(received.flip());
        }
    }
}
