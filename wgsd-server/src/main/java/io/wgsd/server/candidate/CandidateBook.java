package io.wgsd.server.candidate;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What peers have registered, each for as long as it asked for: never more than one entry for each peer of the device.
 * Thread-safe.
 */
public final class CandidateBook {

    private final Map<PublicKey, Entry> entries = new ConcurrentHashMap<>();
    private final LongSupplier nanoClock;

    private record Entry(List<Endpoint> candidates, long since, Duration lease) {}

    /**
     * Makes an empty book.
     *
     * @param nanoClock the monotonic clock
     */
    public CandidateBook(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Returns where else a peer may be, best first; none where it has registered nothing, or its lease has ended. */
    public List<Endpoint> of(PublicKey key) {
        Entry entry = entries.get(key);
        return entry == null || isOver(entry) ? List.of() : entry.candidates();
    }

    /**
     * Registers a peer's candidates in place of those before.
     *
     * @param candidates none to register nothing any more
     * @param device whose peers alone are kept
     */
    void register(PublicKey key, List<Endpoint> candidates, Duration lease, Device device) {
        if (candidates.isEmpty()) {
            entries.remove(key);
            return;
        }
        entries.put(key, new Entry(List.copyOf(candidates), nanoClock.getAsLong(), lease));
        if (entries.size() > device.peers().size()) {
            entries.keySet().removeIf(each -> device.peer(each).isEmpty());
        }
    }

    private boolean isOver(Entry entry) {
        return nanoClock.getAsLong() - entry.since() >= entry.lease().toNanos();
    }
}
