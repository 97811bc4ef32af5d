package io.wgsd.backend.uapi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Gathers all lines that tell of one peer, and has them looked into only where the latest answer did not have the same. Wipes
 * what it held when it is closed. Not thread-safe.
 */
final class PeerSections implements AutoCloseable {

    private static final byte[] FIRST = "public_key=".getBytes(US_ASCII);
    private static final byte[] ERRNO = "errno=".getBytes(US_ASCII);

    /** Takes, of each peer, what was told of it, as a hash, and either which known one it is, or its lines. */
    interface Sink {
        void peer(long hash, int known);

        void line(Line line) throws ProtocolException;
    }

    private final KnownPeers known;
    private final Sink sink;
    private byte[] section = new byte[1024];
    private int length;
    private int firstNumber;
    private int taken;

    PeerSections(KnownPeers known, Sink sink) {
        this.known = known;
        this.sink = sink;
    }

    /** Takes a line that belongs to a peer; false where it does not, and all peers before have been handed over. */
    boolean take(byte[] bytes, int from, int to, int number) throws ProtocolException {
        boolean first = startsWith(bytes, from, to, FIRST);
        if (first || startsWith(bytes, from, to, ERRNO)) {
            flush();
        }
        if (!first && length == 0) {
            return false;
        }
        if (first) {
            firstNumber = number;
        }
        // With the line feed, which is behind it.
        makeRoom(to + 1 - from);
        System.arraycopy(bytes, from, section, length, to + 1 - from);
        length += to + 1 - from;
        return true;
    }

    /**
     * Takes lines that follow one of a peer's, up to the next that may be another's.
     *
     * @return where that begins
     */
    int take(ByteBuffer words, int from, int to) {
        if (length == 0) {
            return from;
        }
        int at = from;
        while (at < to && !mayEnd(words, at, to)) {
            int end = LineSplitter.lineEnd(words, at, to);
            if (end == to || end - at > LineSplitter.MAX_LINE) {
                break;
            }
            at = end + 1;
            taken++;
        }
        makeRoom(at - from);
        words.get(from, section, length, at - from);
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

    /** Hands over the last peer. */
    void flush() throws ProtocolException {
        if (length == 0) {
            return;
        }
        long hash = KnownPeers.hash(section, length);
        int index = known.find(hash);
        sink.peer(hash, index);
        if (index == KnownPeers.UNKNOWN) {
            handOver();
        }
        length = 0;
    }

    @Override
    public void close() {
        Arrays.fill(section, (byte) 0);
        length = 0;
    }

    private void handOver() throws ProtocolException {
        int number = firstNumber;
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (section[i] == '\n') {
                sink.line(Line.of(section, start, i, number++));
                start = i + 1;
            }
        }
    }

    private void makeRoom(int more) {
        int needed = length + more;
        if (needed > section.length) {
            byte[] larger = Arrays.copyOf(section, Math.max(needed, 2 * section.length));
            Arrays.fill(section, (byte) 0);
            section = larger;
        }
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] beginning) {
        return to - from >= beginning.length
                && Arrays.equals(bytes, from, from + beginning.length, beginning, 0, beginning.length);
    }
}
