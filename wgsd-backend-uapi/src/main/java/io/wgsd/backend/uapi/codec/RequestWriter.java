package io.wgsd.backend.uapi.codec;

import io.wgsd.model.SecretKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes one request, however long, in pieces through a buffer that its owner wipes; secrets pass through no other
 * place that stays.
 *
 * <p>A request may break off: its time is up while the other side hangs, say. wireguard-go then carries out what it has
 * got, a line that was cut in the middle included: {@code 10.0.0.0/24} would become {@code 10.0.0.0/2}. So a piece is
 * no longer than what Linux takes whole or not at all (net/unix/af_unix.c, unix_stream_sendmsg: one page and
 * UNIX_SKB_FRAGS_SZ), it ends at a line's end, and between peers where that can be.
 */
public final class RequestWriter {

    /** Takes the buffer's bytes. */
    public interface Outlet {
        /** Writes what remains, and returns false where the other side takes no more. */
        boolean write(ByteBuffer bytes) throws IOException;
    }

    private static final String TRUE = "true";
    private static final int LONGEST_LINE = 256;
    private static final int LONGEST_PIECE = 32 * 1024;

    private final ByteBuffer buffer;
    private final Outlet outlet;
    private boolean stopped;

    /** Begins with an empty buffer of at least 256 bytes. */
    public RequestWriter(ByteBuffer buffer, Outlet outlet) {
        this.buffer = buffer;
        this.outlet = outlet;
        empty();
    }

    /** Writes {@code get=1}. */
    public RequestWriter get() throws IOException {
        return operation("get=1\n");
    }

    /** Writes {@code set=1}. */
    public RequestWriter set() throws IOException {
        return operation("set=1\n");
    }

    public RequestWriter flag(UapiKey key) throws IOException {
        return line(key, TRUE);
    }

    public RequestWriter line(UapiKey key, String value) throws IOException {
        return line(key, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes a secret straight into the buffer. */
    public RequestWriter line(UapiKey key, SecretKey secret) throws IOException {
        makeRoom();
        buffer.put(key.ascii()).put((byte) '=');
        secret.putHex(buffer);
        buffer.put((byte) '\n');
        return this;
    }

    /** Writes the value that means "no key". */
    public RequestWriter noKey(UapiKey key) throws IOException {
        return line(key, "0".repeat(2 * SecretKey.LENGTH));
    }

    /** Ends the request and sends what is left. */
    public void end() throws IOException {
        makeRoom();
        buffer.put((byte) '\n');
        flush();
    }

    private RequestWriter operation(String line) throws IOException {
        makeRoom();
        buffer.put(line.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private RequestWriter line(UapiKey key, byte[] value) throws IOException {
        if (key == UapiKey.PUBLIC_KEY && buffer.position() > buffer.limit() / 2) {
            flush();
        }
        makeRoom();
        buffer.put(key.ascii()).put((byte) '=').put(value).put((byte) '\n');
        return this;
    }

    private void makeRoom() throws IOException {
        if (buffer.remaining() < LONGEST_LINE) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        stopped = stopped || !outlet.write(buffer);
        empty();
    }

    private void empty() {
        buffer.clear().limit(Math.min(buffer.capacity(), LONGEST_PIECE));
    }
}
