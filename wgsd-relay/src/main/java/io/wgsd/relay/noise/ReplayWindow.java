package io.wgsd.relay.noise;

/**
 * Which counters of a session were seen (RFC 6479, and counter_validate of drivers/net/wireguard/receive.c).
 *
 * <p>Not thread-safe.
 */
final class ReplayWindow {

    private static final int WORDS = 128;
    private static final int BITS = WORDS * Long.SIZE;
    /** How far behind the greatest counter one may be; one word is being cleared. */
    static final int SIZE = BITS - Long.SIZE;

    private final long[] seen = new long[WORDS];
    private long next;

    /** Returns whether a counter is new, without taking it for seen. */
    boolean isNew(long counter) {
        if (counter < 0 || counter + SIZE < next) {
            return false;
        }
        return counter >= next || (seen[word(counter)] & bit(counter)) == 0;
    }

    /** Takes a counter for seen that is new. */
    void add(long counter) {
        if (counter >= next) {
            long first = next == 0 ? 0 : (next - 1) / Long.SIZE + 1;
            long last = counter / Long.SIZE;
            for (long word = Math.max(first, last - WORDS + 1); word <= last; word++) {
                seen[(int) (word % WORDS)] = 0;
            }
            next = counter + 1;
        }
        seen[word(counter)] |= bit(counter);
    }

    private static int word(long counter) {
        return (int) (counter / Long.SIZE % WORDS);
    }

    private static long bit(long counter) {
        return 1L << (counter % Long.SIZE);
    }
}
