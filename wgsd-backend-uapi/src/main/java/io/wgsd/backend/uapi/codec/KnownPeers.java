package io.wgsd.backend.uapi.codec;

import io.wgsd.model.Peer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;

/**
 * Peers as the latest answer had them, found by a hash of the very bytes, so that unchanged lines need not be parsed
 * again: most of many peers have not changed from one reading to the next.
 *
 * <p>The hash has 64 bits and a key that nobody knows, so that no peer can make its own look like another's; preshared
 * keys, which are among the bytes, cannot be found from it. Immutable and thread-safe.
 */
public final class KnownPeers {

    public static final KnownPeers NONE = new KnownPeers(new long[0], List.of());

    /** Which no peer has. */
    public static final int UNKNOWN = -1;

    private static final long SEED = new SecureRandom().nextLong();
    private static final long OTHER_SEED = new SecureRandom().nextLong();
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    /**
     * A table whose entries have the upper bits of a hash, and below them the peer's place, from 1 on; 0 where there is
     * none. The lower bits of the hash say where in the table it is, so that there is one place in memory to wait for.
     */
    private final long[] entries;

    private final List<Peer> peers;

    private KnownPeers(long[] entries, List<Peer> peers) {
        this.entries = entries;
        this.peers = peers;
    }

    /**
     * Makes a table.
     *
     * @param hashes of the lines of each peer, one for each
     * @param indexes which peer that was, in the same order
     * @param peers the device's peers
     */
    public static KnownPeers of(long[] hashes, int[] indexes, List<Peer> peers) {
        int size = Integer.highestOneBit(Math.max(1, peers.size())) << 2;
        int mask = size - 1;
        long[] entries = new long[size];
        for (int i = 0; i < peers.size(); i++) {
            int slot = (int) hashes[i] & mask;
            while (entries[slot] != 0) {
                slot = slot + 1 & mask;
            }
            entries[slot] = (hashes[i] & ~mask) | (indexes[i] + 1);
        }
        return new KnownPeers(entries, peers);
    }

    /** Returns which peer had these lines; {@link #UNKNOWN} where it was none. */
    public int find(long hash) {
        if (peers.isEmpty()) {
            return UNKNOWN;
        }
        int mask = entries.length - 1;
        int slot = (int) hash & mask;
        long entry = entries[slot];
        while (entry != 0) {
            if (((entry ^ hash) & ~mask) == 0) {
                return (int) (entry & mask) - 1;
            }
            slot = slot + 1 & mask;
            entry = entries[slot];
        }
        return UNKNOWN;
    }

    /** Returns the peers, in the order of their keys. */
    public List<Peer> peers() {
        return peers;
    }

    /**
     * Returns the hash of some bytes.
     *
     * @param words the bytes; not by a VarHandle, which takes longer to prepare than all of a small device to read
     */
    public static long hash(ByteBuffer words, int from, int to) {
        // Two chains, which do not wait for each other.
        long hash = SEED ^ to - from;
        long other = OTHER_SEED;
        int last = to - 2 * Long.BYTES;
        if (last >= from) {
            for (int i = from; i < last; i += 2 * Long.BYTES) {
                hash = mix(hash, words.getLong(i));
                other = mix(other, words.getLong(i + Long.BYTES));
            }
            hash = mix(hash, words.getLong(last));
            other = mix(other, words.getLong(last + Long.BYTES));
        } else {
            for (int i = from; i < to; i++) {
                hash = mix(hash, words.get(i));
            }
        }
        return mix(hash, other);
    }

    private static long mix(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return mixed ^ mixed >>> 29;
    }
}
