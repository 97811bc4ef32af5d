package io.wgsd.backend.uapi;

import io.wgsd.model.Peer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;

/**
 * Peers as the latest answer told of them, found by a hash of the very bytes, so that what is told again need not be looked into:
 * of very many peers most say nothing new from one reading to the next.
 *
 * <p>The hash has 64 bits and a key that nobody knows, so that no peer can make its own look like another's; preshared keys,
 * which are among the bytes, cannot be found from it. Immutable and thread-safe.
 */
final class KnownPeers {

    static final KnownPeers NONE = new KnownPeers(new long[0], new int[0], List.of());

    /** Which no peer has. */
    static final int UNKNOWN = -1;

    private static final long SEED = new SecureRandom().nextLong();
    private static final long OTHER_SEED = new SecureRandom().nextLong();
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final long[] hashes;
    /** Places among the peers, from 1 on; 0 where there is none. */
    private final int[] places;

    private final List<Peer> peers;

    private KnownPeers(long[] hashes, int[] places, List<Peer> peers) {
        this.hashes = hashes;
        this.places = places;
        this.peers = peers;
    }

    /**
     * Makes a table.
     *
     * @param hashes of what was told of each peer, one for each
     * @param indexes which peer that was, in the same order
     * @param peers the device's peers
     */
    static KnownPeers of(long[] hashes, int[] indexes, List<Peer> peers) {
        int size = Integer.highestOneBit(Math.max(1, peers.size())) << 2;
        long[] table = new long[size];
        int[] places = new int[size];
        for (int i = 0; i < peers.size(); i++) {
            int slot = (int) hashes[i] & size - 1;
            while (places[slot] != 0) {
                slot = slot + 1 & size - 1;
            }
            table[slot] = hashes[i];
            places[slot] = indexes[i] + 1;
        }
        return new KnownPeers(table, places, peers);
    }

    /** Returns which of the peers it was of whom the same was told; {@link #UNKNOWN} where it was none. */
    int find(long hash) {
        if (peers.isEmpty()) {
            return UNKNOWN;
        }
        int slot = (int) hash & hashes.length - 1;
        while (places[slot] != 0) {
            if (hashes[slot] == hash) {
                return places[slot] - 1;
            }
            slot = slot + 1 & hashes.length - 1;
        }
        return UNKNOWN;
    }

    /** Returns the peers, in the order of their keys. */
    List<Peer> peers() {
        return peers;
    }

    static long hash(byte[] bytes, int length) {
        // Not by a VarHandle, which takes longer to prepare than all of a small device to read.
        ByteBuffer words = ByteBuffer.wrap(bytes);
        // Two chains, which do not wait for each other.
        long hash = SEED ^ length;
        long other = OTHER_SEED;
        int i = 0;
        for (; i <= length - 2 * Long.BYTES; i += 2 * Long.BYTES) {
            hash = mix(hash, words.getLong(i));
            other = mix(other, words.getLong(i + Long.BYTES));
        }
        for (; i < length; i++) {
            hash = mix(hash, bytes[i]);
        }
        return mix(hash, other);
    }

    private static long mix(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return mixed ^ mixed >>> 29;
    }
}
