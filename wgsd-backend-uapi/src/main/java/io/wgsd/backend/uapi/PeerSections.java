package io.wgsd.backend.uapi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgsd.model.Peer;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Gathers all lines that tell of one peer, and has them looked into only where the latest answer did not have the same. Wipes
 * what it held when it is closed. Not thread-safe.
 */
final class PeerSections implements AutoCloseable {

    private static final byte[] FIRST = "public_key=".getBytes(US_ASCII);
    private static final byte[] ERRNO = "errno=".getBytes(US_ASCII);

    /** Takes peers that are known, and the lines of the others. */
    interface Sink {
        void known(Peer peer);

        void line(Line line) throws ProtocolException;
    }

    private final KnownPeers known;
    private final Sink sink;
    private byte[] section = new byte[1024];
    private int length;
    private int firstNumber;
    private long[] hashes;
    private int count;
    private boolean same = true;

    PeerSections(KnownPeers known, Sink sink) {
        this.known = known;
        this.sink = sink;
        hashes = new long[Math.max(16, known.count() + 1)];
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
        hold(bytes, from, to);
        return true;
    }

    /** Hands over the last peer. */
    void flush() throws ProtocolException {
        if (length == 0) {
            return;
        }
        long hash = KnownPeers.hash(section, length);
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count++] = hash;
        Peer peer = known.find(hash);
        if (peer != null) {
            sink.known(peer);
        } else {
            same = false;
            handOver();
        }
        length = 0;
    }

    /**
     * Returns what is known now.
     *
     * @param peers all that were handed over, as they were taken, in that order
     */
    KnownPeers known(Supplier<Peer[]> peers) {
        return same && count == known.count() ? known : KnownPeers.of(hashes, peers.get(), count);
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

    private void hold(byte[] bytes, int from, int to) {
        int needed = length + to - from + 1;
        if (needed > section.length) {
            byte[] larger = Arrays.copyOf(section, Math.max(needed, 2 * section.length));
            Arrays.fill(section, (byte) 0);
            section = larger;
        }
        System.arraycopy(bytes, from, section, length, to - from);
        section[needed - 1] = '\n';
        length = needed;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] beginning) {
        return to - from >= beginning.length
                && Arrays.equals(bytes, from, from + beginning.length, beginning, 0, beginning.length);
    }
}
