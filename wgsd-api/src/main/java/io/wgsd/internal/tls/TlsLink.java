package io.wgsd.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/**
 * A connection that carries packets over TLS, for a thread that waits with a selector.
 *
 * <p>Used by that thread alone.
 */
public final class TlsLink {

    /** As much as goes into one record (RFC 8446, section 5.1). */
    private static final int RECORD = 16 << 10;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final TlsStream stream;
    private final FreshQueue queue = new FreshQueue();
    /** Ready to be read from: what the stream has not taken yet. */
    private final ByteBuffer record = ByteBuffer.allocate(RECORD).flip();

    /**
     * Begins a link.
     *
     * @param channel connected, not blocking
     * @param engine with all settings made
     * @param tasks computes parts of handshakes
     * @param wake called when {@link #advance} is to be called, from any thread
     * @throws IOException if the channel has ended
     */
    public TlsLink(SocketChannel channel, SSLEngine engine, Executor tasks, Runnable wake) throws IOException {
        this.channel = channel;
        this.engine = engine;
        stream = new TlsStream(channel, engine, tasks, Frames.HEADER + Frames.LONGEST, wake);
    }

    /** Returns whether the handshake is done. */
    public boolean isOpen() {
        return stream.isOpen();
    }

    /** Returns the application protocol (RFC 7301) on which both sides have agreed; empty where on none. */
    public String protocol() {
        String agreed = engine.getApplicationProtocol();
        return agreed == null ? "" : agreed;
    }

    /** Returns what the selector should wait for. */
    public int interest() {
        return (stream.isReading() ? SelectionKey.OP_READ : 0) | (stream.isSending() ? SelectionKey.OP_WRITE : 0);
    }

    /**
     * Receives and sends what is possible without waiting.
     *
     * @param sink takes the packets that have come
     * @param now nanoseconds of a monotonic clock
     * @throws IOException if the link has ended
     */
    public void advance(Frames.Sink sink, long now) throws IOException {
        stream.advance(bytes -> Frames.split(bytes, sink));
        flush(now);
    }

    /**
     * Adds a packet to those that wait; {@link #flush} sends them.
     *
     * @param packet a packet of a length that {@link Frames#fits}
     * @param now nanoseconds of a monotonic clock
     */
    public void add(byte[] packet, long now) {
        queue.add(packet, now);
    }

    /**
     * Sends as many of those that wait as is possible without waiting.
     *
     * @param now nanoseconds of a monotonic clock
     * @throws IOException if the link has ended
     */
    public void flush(long now) throws IOException {
        while (stream.isOpen() && stream.flush()) {
            if (!record.hasRemaining()) {
                queue.moveTo(record.clear(), now);
                if (!record.flip().hasRemaining()) {
                    return;
                }
            }
            stream.send(record);
        }
    }

    /** Returns how many packets were dropped because they waited for too long. */
    public long dropped() {
        return queue.dropped();
    }

    /** Ends the link, and tells the other side as far as that is possible without waiting. */
    public void close() {
        stream.end();
        try {
            channel.close();
        } catch (IOException ignored) {
            // Nothing more can be done about it.
        }
    }
}
