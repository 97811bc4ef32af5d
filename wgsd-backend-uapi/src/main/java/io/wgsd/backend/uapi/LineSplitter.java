package io.wgsd.backend.uapi;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cuts bytes into lines, in whatever pieces they come, and wipes what it held when it is closed. */
final class LineSplitter implements AutoCloseable {

    /** The longest line; the protocol's own are below 100 bytes, but keys that come later may need more. */
    static final int MAX_LINE = 64 * 1024;

    /** The longest answer: a device with a million peers, as many as the kernel allows. */
    static final long MAX_TOTAL = 512L * 1024 * 1024;

    /** Takes one line, without its line feed; the bytes are only lent. */
    interface Handler {
        void line(byte[] bytes, int from, int to) throws ProtocolException;
    }

    private final long maxTotal;
    private byte[] held = new byte[4096];
    private int length;
    private long total;

    LineSplitter(long maxTotal) {
        this.maxTotal = maxTotal;
    }

    void feed(ByteBuffer piece, Handler handler) throws ProtocolException {
        total += piece.remaining();
        if (total > maxTotal) {
            throw new ProtocolException("it is longer than " + maxTotal + " bytes");
        }
        int searched = length;
        hold(piece);
        int start = 0;
        for (int i = searched; i < length; i++) {
            if (held[i] == '\n') {
                checkLength(i - start);
                handler.line(held, start, i);
                start = i + 1;
            }
        }
        System.arraycopy(held, start, held, 0, length - start);
        length -= start;
        checkLength(length);
    }

    /** Returns how many bytes there were. */
    long total() {
        return total;
    }

    @Override
    public void close() {
        Arrays.fill(held, (byte) 0);
        length = 0;
    }

    private static void checkLength(int line) throws ProtocolException {
        if (line > MAX_LINE) {
            throw new ProtocolException("it has a line of more than " + MAX_LINE + " bytes");
        }
    }

    private void hold(ByteBuffer piece) {
        int needed = length + piece.remaining();
        if (needed > held.length) {
            byte[] larger = Arrays.copyOf(held, Math.max(needed, 2 * held.length));
            Arrays.fill(held, (byte) 0);
            held = larger;
        }
        piece.get(held, length, needed - length);
        length = needed;
    }
}
