package io.wgsd.internal.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * TLS over a channel that does not block. What costs much of a handshake is computed elsewhere.
 *
 * <p>Memory is bounded: one record each way, and what was received and not taken yet. Used by one thread, except for the
 * tasks.
 */
final class TlsStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteChannel channel;
    private final SSLEngine engine;
    private final Executor tasks;
    private final Runnable wake;
    /** Ready to be written to. */
    private final ByteBuffer received;
    /** Ready to be written to; never holds so much that a record would not fit, since it is taken from at once. */
    private final ByteBuffer clear;
    /** Ready to be read from. */
    private final ByteBuffer sending;

    private boolean open;
    private volatile boolean computing;
    private volatile boolean overrun;

    /** Takes what was received and decrypted. */
    @FunctionalInterface
    interface Taker {

        /** Takes from the bytes from position to limit; what it leaves comes again with what follows. */
        void take(ByteBuffer bytes) throws IOException;
    }

    /**
     * Begins a stream.
     *
     * @param channel connected, not blocking
     * @param engine with all settings made
     * @param tasks computes parts of handshakes
     * @param left how many bytes a taker may leave at most
     * @param wake called when {@link #advance} can continue, from any thread
     */
    TlsStream(ByteChannel channel, SSLEngine engine, Executor tasks, int left, Runnable wake) throws SSLException {
        this.channel = channel;
        this.engine = engine;
        this.tasks = tasks;
        this.wake = wake;
        int record = engine.getSession().getPacketBufferSize();
        received = ByteBuffer.allocate(record);
        sending = ByteBuffer.allocate(record).flip();
        clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize() + left);
        engine.beginHandshake();
    }

    /** Returns whether the handshake is done. */
    boolean isOpen() {
        return open;
    }

    /** Returns whether something waits until the channel takes it. */
    boolean isSending() {
        return sending.hasRemaining();
    }

    /** Returns whether reading is of use. */
    boolean isReading() {
        return !computing;
    }

    /**
     * Continues with everything that can be done without waiting: one read at most, so that no stream holds up others.
     *
     * @throws IOException if the stream has ended
     */
    void advance(Taker taker) throws IOException {
        if (computing) {
            return;
        }
        if (overrun) {
            throw new IOException("the handshake cannot be computed");
        }
        flush();
        boolean ended = received.hasRemaining() && channel.read(received) < 0;
        while (proceed(taker)) {
            if (!open && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
                open = true;
            }
        }
        if (ended) {
            throw new EOFException("the other side has closed the connection");
        }
    }

    /** Takes one step of the protocol, and returns whether another may follow. */
    private boolean proceed(Taker taker) throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (open
                && status != HandshakeStatus.NOT_HANDSHAKING
                && "TLSv1.2".equals(engine.getSession().getProtocol())) {
            // A client could have a server compute without end.
            throw new IOException("the other side wants to renegotiate, which is not done here");
        }
        if (status == HandshakeStatus.NEED_TASK) {
            compute();
            return false;
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            return flush() && wrap(NOTHING);
        }
        received.flip();
        SSLEngineResult result;
        try {
            result = engine.unwrap(received, clear);
        } catch (SSLException e) {
            sayWhy();
            throw e;
        } finally {
            received.compact();
        }
        if (result.getStatus() == Status.CLOSED) {
            throw new EOFException("the other side has closed the connection");
        }
        if (clear.position() > 0) {
            clear.flip();
            try {
                taker.take(clear);
            } finally {
                clear.compact();
            }
        }
        return result.getStatus() == Status.OK && (result.bytesConsumed() > 0 || result.getHandshakeStatus() != status);
    }

    /**
     * Encrypts and sends bytes as one record, or something of the protocol's own first, which leaves the bytes.
     *
     * @param bytes at most 16 KiB; only while {@link #isOpen} and not {@link #isSending}
     */
    void send(ByteBuffer bytes) throws IOException {
        wrap(bytes);
    }

    /** Sends what waits, and returns whether nothing does any more. */
    boolean flush() throws IOException {
        if (sending.hasRemaining()) {
            channel.write(sending);
        }
        return !sending.hasRemaining();
    }

    /** Tells the other side that nothing follows, as far as that is possible without waiting. */
    void end() {
        engine.closeOutbound();
        sayWhy();
    }

    /** Sends the alert that the engine has for the other side, if any. */
    private void sayWhy() {
        try {
            if (flush() && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                wrap(NOTHING);
            }
        } catch (IOException ignored) {
            // The connection ends in any case.
        }
    }

    private boolean wrap(ByteBuffer bytes) throws IOException {
        sending.clear();
        SSLEngineResult result;
        try {
            result = engine.wrap(bytes, sending);
        } finally {
            sending.flip();
        }
        flush();
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            open = true;
        }
        return result.getStatus() == Status.OK;
    }

    private void compute() {
        computing = true;
        tasks.execute(() -> {
            try {
                Runnable task = engine.getDelegatedTask();
                while (task != null) {
                    task.run();
                    task = engine.getDelegatedTask();
                }
            } catch (RuntimeException e) {
                overrun = true;
            } finally {
                computing = false;
                wake.run();
            }
        });
    }
}
