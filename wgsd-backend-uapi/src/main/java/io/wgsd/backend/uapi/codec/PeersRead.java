package io.wgsd.backend.uapi.codec;

import io.wgsd.model.Peer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The peers of an answer, most of which were in the latest one too, so that what is done for each of them counts: these
 * come in any order, as wireguard-go reports them, and need neither be sorted nor searched for. Not thread-safe.
 */
final class PeersRead {

    private final KnownPeers known;
    private final BitSet seen;
    private final List<Peer> others = new ArrayList<>();
    /** Of each peer, in the order of the answer: the hash, and its index among those known, or behind them. */
    private long[] hashes;

    private int[] indexes;
    private int count;

    PeersRead(KnownPeers known) {
        this.known = known;
        int expected = known.peers().size() + 16;
        seen = new BitSet(expected);
        hashes = new long[expected];
        indexes = new int[expected];
    }

    /** Takes a peer whose lines have not changed. */
    void addKnown(long hash, int index) {
        if (seen.get(index)) {
            // Listed twice, which the device's builder refuses.
            addOther(hash, known.peers().get(index));
        } else {
            seen.set(index);
            add(hash, index);
        }
    }

    /** Takes any other peer. */
    void addOther(long hash, Peer peer) {
        add(hash, known.peers().size() + others.size());
        others.add(peer);
    }

    private void add(long hash, int index) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
            indexes = Arrays.copyOf(indexes, 2 * count);
        }
        hashes[count] = hash;
        indexes[count++] = index;
    }

    /** Returns the peers in the order of their keys, the very same list where nothing has changed. */
    List<Peer> peers() {
        if (isSame()) {
            return known.peers();
        }
        List<Peer> sorted = new ArrayList<>(others);
        sorted.sort(Comparator.comparing(Peer::publicKey));
        List<Peer> peers = new ArrayList<>(count);
        int at = 0;
        for (int i = seen.nextSetBit(0); i >= 0; i = seen.nextSetBit(i + 1)) {
            Peer peer = known.peers().get(i);
            while (at < sorted.size() && sorted.get(at).publicKey().compareTo(peer.publicKey()) < 0) {
                peers.add(sorted.get(at++));
            }
            peers.add(peer);
        }
        peers.addAll(sorted.subList(at, sorted.size()));
        return peers;
    }

    /**
     * Returns what is known for the next answer.
     *
     * @param read the device's peers, which are those of {@link #peers}, or equal to them
     */
    KnownPeers known(List<Peer> read) {
        if (isSame()) {
            return known;
        }
        int[] now = new int[known.peers().size() + others.size()];
        int at = 0;
        for (int i = seen.nextSetBit(0); i >= 0; i = seen.nextSetBit(i + 1)) {
            at = indexFrom(at, read, known.peers().get(i));
            now[i] = at;
        }
        for (int i = 0; i < others.size(); i++) {
            now[known.peers().size() + i] =
                    Collections.binarySearch(read, others.get(i), Comparator.comparing(Peer::publicKey));
        }
        int[] places = new int[count];
        Arrays.setAll(places, i -> now[indexes[i]]);
        return KnownPeers.of(hashes, places, read);
    }

    private static int indexFrom(int from, List<Peer> read, Peer peer) {
        int at = from;
        while (!read.get(at).publicKey().equals(peer.publicKey())) {
            at++;
        }
        return at;
    }

    private boolean isSame() {
        return others.isEmpty() && count == known.peers().size();
    }
}
