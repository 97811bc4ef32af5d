package io.wgsd.backend.uapi.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Gathers all lines of one peer, and hands them on to be parsed only where the latest answer did not have the same.
 * Wipes what it held when it is closed. Not thread-safe.
 *
 * <p>Several peers are gathered before they are handed over: where there are very many, memory is then waited for once
 * for all of them.
 */
final class PeerSections implements AutoCloseable {

    private static final byte[] FIRST = "public_key=".getBytes(US_ASCII);
    private static final byte[] ERRNO = "errno=".getBytes(US_ASCII);
    private static final int AT_ONCE = 16;

    /** Takes the hash of each peer's lines, and either which known one it is, or its lines. */
    interface Sink {
        void peer(long hash, int known);

        void line(Line line) throws ProtocolException;
    }

    private final KnownPeers known;
    private final Sink sink;
    /** The lines of peers that have ended, and then of one that may continue. */
    private byte[] bytes = new byte[1024];

    private ByteBuffer words = LineSplitter.words(bytes);
    private int length;

    /**
     * Of each peer that has ended: where its lines end, the first one's number, their hash, and which known one it is.
     */
    private final int[] ends = new int[AT_ONCE];

    private final int[] firstNumbers = new int[AT_ONCE];
    private final long[] hashes = new long[AT_ONCE];
    private final int[] found = new int[AT_ONCE];
    private int ended;

    /** Where the lines of the peer that may continue begin, which there is if they do not end there. */
    private int start;

    private int firstNumber;
    private int taken;

    PeerSections(KnownPeers known, Sink sink) {
        this.known = known;
        this.sink = sink;
    }

    /** Takes a line that belongs to a peer; false where it does not, and all peers before have been handed over. */
    boolean take(byte[] line, int from, int to, int number) throws ProtocolException {
        boolean first = startsWith(line, from, to, FIRST);
        if (first) {
            endPeer();
        } else if (startsWith(line, from, to, ERRNO)) {
            flush();
        }
        if (!first && length == start) {
            return false;
        }
        if (first) {
            firstNumber = number;
        }
        // With the line feed, which is behind it.
        makeRoom(to + 1 - from);
        System.arraycopy(line, from, bytes, length, to + 1 - from);
        length += to + 1 - from;
        return true;
    }

    /**
     * Takes lines that follow one of a peer's, up to the next that may be another's.
     *
     * @return where that begins
     */
    int take(ByteBuffer lines, int from, int to) {
        if (length == start) {
            return from;
        }
        int at = from;
        while (at < to && !mayEnd(lines, at, to)) {
            int end = LineSplitter.lineEnd(lines, at, to);
            if (end == to || end - at > LineSplitter.MAX_LINE) {
                break;
            }
            at = end + 1;
            taken++;
        }
        makeRoom(at - from);
        lines.get(from, bytes, length, at - from);
        length += at - from;
        return at;
    }

    /** Returns how many lines have been taken so. */
    int taken() {
        return taken;
    }

    /** Returns whether a line may begin a peer, or end the answer. */
    private static boolean mayEnd(ByteBuffer words, int at, int to) {
        byte first = words.get(at);
        return first == '\n'
                || at + 1 == to
                || (first == FIRST[0] && words.get(at + 1) == FIRST[1])
                || (first == ERRNO[0] && words.get(at + 1) == ERRNO[1]);
    }

    /** Hands over the peers that have not been yet. */
    void flush() throws ProtocolException {
        endPeer();
        handOver();
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        length = 0;
        start = 0;
        ended = 0;
    }

    private void endPeer() throws ProtocolException {
        if (length == start) {
            return;
        }
        if (ended == AT_ONCE) {
            handOver();
        }
        ends[ended] = length;
        firstNumbers[ended] = firstNumber;
        hashes[ended] = KnownPeers.hash(words, start, length);
        ended++;
        start = length;
    }

    private void handOver() throws ProtocolException {
        // Nothing else in this loop, so that the processor looks for several at a time.
        for (int i = 0; i < ended; i++) {
            found[i] = known.find(hashes[i]);
        }
        int from = 0;
        for (int i = 0; i < ended; i++) {
            sink.peer(hashes[i], found[i]);
            if (found[i] == KnownPeers.UNKNOWN) {
                lines(from, ends[i], firstNumbers[i]);
            }
            from = ends[i];
        }
        System.arraycopy(bytes, from, bytes, 0, length - from);
        length -= from;
        start -= from;
        ended = 0;
    }

    private void lines(int from, int to, int number) throws ProtocolException {
        int begin = from;
        int next = number;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                sink.line(Line.of(bytes, begin, i, next++));
                begin = i + 1;
            }
        }
    }

    private void makeRoom(int more) {
        int needed = length + more;
        if (needed > bytes.length) {
            byte[] larger = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
            Arrays.fill(bytes, (byte) 0);
            bytes = larger;
            words = LineSplitter.words(bytes);
        }
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] beginning) {
        return to - from >= beginning.length
                && Arrays.equals(bytes, from, from + beginning.length, beginning, 0, beginning.length);
    }
}
