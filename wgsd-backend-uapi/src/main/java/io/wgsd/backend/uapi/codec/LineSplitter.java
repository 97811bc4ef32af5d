package io.wgsd.backend.uapi.codec;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Cuts bytes into lines, regardless of the pieces in which they come, and wipes what it held when it is closed. */
final class LineSplitter implements AutoCloseable {

    /** The longest line; the protocol's own are below 100 bytes, but keys that come later may need more. */
    static final int MAX_LINE = 64 * 1024;

    /** The longest answer: a device with a million peers, as many as the kernel allows. */
    static final long MAX_TOTAL = 512L * 1024 * 1024;

    /** Takes one line, without its line feed; the bytes are only lent. */
    interface Handler {
        void line(byte[] bytes, int from, int to) throws ProtocolException;

        /**
         * Takes whole lines at once, as many as it likes.
         *
         * @param words the bytes, as {@link #lineEnd} takes them
         * @return where the first line begins that it has not taken
         */
        default int lines(ByteBuffer words, int from, int to) {
            return from;
        }
    }

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long LINE_FEEDS = ONES * '\n';

    private final long maxTotal;
    private byte[] held = new byte[4096];
    private ByteBuffer words = words(held);
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
        for (int end = lineEnd(words, searched, length); end < length; end = lineEnd(words, start, length)) {
            checkLength(end - start);
            handler.line(held, start, end);
            start = handler.lines(words, end + 1, length);
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

    /**
     * Returns where the next line feed is, searched for eight bytes at a time.
     *
     * @param words the bytes, least significant first, in an array
     * @return its index, {@code to} where there is none
     */
    static int lineEnd(ByteBuffer words, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long difference = words.getLong(i) ^ LINE_FEEDS;
            // The high bit of the first byte that is 0, and perhaps of some behind it.
            long zeros = (difference - ONES) & ~difference & HIGH_BITS;
            if (zeros != 0) {
                return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        while (i < to && words.get(i) != '\n') {
            i++;
        }
        return i;
    }

    /**
     * Returns bytes as {@link #lineEnd} takes them; not a VarHandle, which takes longer to prepare than all of a small
     * device to read.
     */
    static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
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
            words = words(held);
        }
        piece.get(held, length, needed - length);
        length = needed;
    }
}
