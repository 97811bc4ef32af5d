package io.wgsd.relay.roster;

import io.wgsd.relay.limit.PrefixBuckets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A table whose keys are three numbers: read by any thread without a lock and without making an object, written by
 * one thread.
 *
 * <p>Where a key falls is another matter in each process, so that nobody can choose keys that fall together.
 *
 * @param <V> what is found
 */
public final class Table<V> {

    private static final int FIRST_SIZE = 1 << 10;

    private record Node<V>(
            long first,
            long second,
            long third,
            V value,
            @Nullable Node<V> next) {

        boolean has(long a, long b, long c) {
            return second == b && first == a && third == c;
        }
    }

    private final long seed;
    private volatile AtomicReferenceArray<@Nullable Node<V>> heads = new AtomicReferenceArray<>(FIRST_SIZE);
    private int size;

    /**
     * Makes an empty table.
     *
     * @param seed a random number
     */
    public Table(long seed) {
        this.seed = seed;
    }

    /**
     * Returns what is found under a key.
     *
     * @param a its first number
     * @param b its second
     * @param c its third
     * @return the value, or null
     */
    public @Nullable V get(long a, long b, long c) {
        AtomicReferenceArray<@Nullable Node<V>> array = heads;
        Node<V> node = array.get(at(a, b, c, array.length()));
        while (node != null) {
            if (node.has(a, b, c)) {
                return node.value;
            }
            node = node.next;
        }
        return null;
    }

    /**
     * Puts a value under a key, in place of what was there.
     *
     * @param a its first number
     * @param b its second
     * @param c its third
     * @param value the value
     */
    public void put(long a, long b, long c, V value) {
        remove(a, b, c);
        if (size >= heads.length()) {
            grow();
        }
        AtomicReferenceArray<@Nullable Node<V>> array = heads;
        int at = at(a, b, c, array.length());
        array.set(at, new Node<>(a, b, c, value, array.get(at)));
        size++;
    }

    /**
     * Forgets what is under a key.
     *
     * @param a its first number
     * @param b its second
     * @param c its third
     */
    public void remove(long a, long b, long c) {
        if (get(a, b, c) == null) {
            return;
        }
        AtomicReferenceArray<@Nullable Node<V>> array = heads;
        int at = at(a, b, c, array.length());
        Node<V> kept = null;
        for (Node<V> node = array.get(at); node != null; node = node.next) {
            if (!node.has(a, b, c)) {
                kept = new Node<>(node.first, node.second, node.third, node.value, kept);
            }
        }
        array.set(at, kept);
        size--;
    }

    /**
     * Returns how many keys there are; for the writing thread.
     *
     * @return the number
     */
    public int size() {
        return size;
    }

    /** Makes another array beside the one that is read meanwhile. */
    private void grow() {
        AtomicReferenceArray<@Nullable Node<V>> old = heads;
        AtomicReferenceArray<@Nullable Node<V>> fresh = new AtomicReferenceArray<>(2 * old.length());
        for (int i = 0; i < old.length(); i++) {
            for (Node<V> node = old.get(i); node != null; node = node.next) {
                int at = at(node.first, node.second, node.third, fresh.length());
                fresh.set(at, new Node<>(node.first, node.second, node.third, node.value, fresh.get(at)));
            }
        }
        heads = fresh;
    }

    private int at(long a, long b, long c, int length) {
        return (int) PrefixBuckets.mix(PrefixBuckets.mix(a + seed ^ Long.rotateLeft(c, 29)) ^ b) & length - 1;
    }
}
