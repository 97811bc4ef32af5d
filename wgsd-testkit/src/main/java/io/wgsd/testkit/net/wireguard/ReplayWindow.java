package io.wgsd.testkit.net.wireguard;

import java.util.BitSet;

/** Which counters have been seen (RFC 6479; drivers/net/wireguard/receive.c, counter_validate). */
public final class ReplayWindow {

    private static final int BITS = 8192;
    private static final int WINDOW = BITS - Long.SIZE;

    private final BitSet seen = new BitSet();
    private long next;

    /** Returns whether a counter is neither a second time there nor too old, and remembers it. */
    public boolean accept(long counter) {
        if (counter + WINDOW < next) {
            return false;
        }
        if (counter >= next) {
            for (long skipped = Math.max(next, counter - BITS + 1); skipped < counter; skipped++) {
                seen.clear((int) (skipped % BITS));
            }
            next = counter + 1;
        } else if (seen.get((int) (counter % BITS))) {
            return false;
        }
        seen.set((int) (counter % BITS));
        return true;
    }
}
