package io.wgsd.backend.uapi;

import io.wgsd.model.Peer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Peers as the latest answer told of them, found by a hash of the very bytes, so that what is told again need not be looked into:
 * of very many peers most say nothing new from one reading to the next.
 *
 * <p>The hash has 64 bits and a key that nobody knows, so that no peer can make its own look like another's; preshared keys,
 * which are among the bytes, cannot be found from it. Immutable and thread-safe.
 */
final class KnownPeers {

    static final KnownPeers NONE = new KnownPeers(new long[0], new Peer[0], 0);

    private static final long SEED = new SecureRandom().nextLong();
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final long[] hashes;
    private final @Nullable Peer[] peers;
    private final int count;

    private KnownPeers(long[] hashes, @Nullable Peer[] peers, int count) {
        this.hashes = hashes;
        this.peers = peers;
        this.count = count;
    }

    /**
     * Makes a table.
     *
     * @param hashes of what was told of each peer; the first {@code count} count
     * @param peers the peers, in the same order
     */
    static KnownPeers of(long[] hashes, Peer[] peers, int count) {
        int size = Integer.highestOneBit(Math.max(1, count)) << 2;
        long[] table = new long[size];
        @Nullable Peer[] found = new Peer[size];
        for (int i = 0; i < count; i++) {
            int slot = (int) hashes[i] & size - 1;
            while (found[slot] != null) {
                slot = slot + 1 & size - 1;
            }
            table[slot] = hashes[i];
            found[slot] = peers[i];
        }
        return new KnownPeers(table, found, count);
    }

    /** Returns the peer of which the same was told; null where none is known. */
    @Nullable
    Peer find(long hash) {
        if (count == 0) {
            return null;
        }
        int slot = (int) hash & hashes.length - 1;
        while (peers[slot] != null) {
            if (hashes[slot] == hash) {
                return peers[slot];
            }
            slot = slot + 1 & hashes.length - 1;
        }
        return null;
    }

    int count() {
        return count;
    }

    static long hash(byte[] bytes, int length) {
        // Not by a VarHandle, which takes longer to prepare than all of a small device to read.
        ByteBuffer words = ByteBuffer.wrap(bytes);
        long hash = SEED ^ length;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            hash = mix(hash, words.getLong(i));
        }
        for (; i < length; i++) {
            hash = mix(hash, bytes[i]);
        }
        return hash;
    }

    private static long mix(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return mixed ^ mixed >>> 29;
    }
}
