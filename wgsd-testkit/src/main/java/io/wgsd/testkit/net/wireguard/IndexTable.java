package io.wgsd.testkit.net.wireguard;

import io.wgsd.testkit.net.random.Randomness;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The handshakes and sessions that indices in received messages refer to (drivers/net/wireguard/peerlookup.c). */
final class IndexTable {

    /** A handshake that awaits its response, or the keys of a session. */
    sealed interface Entry permits Handshake, Keypair {}

    private final Map<Integer, Entry> entries = new HashMap<>();
    private final Randomness random;

    IndexTable(Randomness random) {
        this.random = random;
    }

    /** Returns a new index for an entry. */
    int add(Entry entry) {
        int index;
        do {
            index = (int) random.next();
        } while (index == 0 || entries.containsKey(index));
        entries.put(index, entry);
        return index;
    }

    @Nullable
    Entry get(int index) {
        return entries.get(index);
    }

    void replace(int index, Entry entry) {
        entries.put(index, entry);
    }

    /** Removes an entry, unless its index refers to another one by now. */
    void remove(int index, Entry entry) {
        entries.remove(index, entry);
    }
}
