package io.wgsd.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Which other registries are gone: those whose lease has run out by the wall clock, and was not renewed while this one
 * watched, whose own clock may have been set. Not thread-safe.
 */
final class LeaseWatch {

    private final Duration lease;
    private final LongSupplier nanoClock;
    private final Map<String, Seen> seen = new HashMap<>();

    /** What a lease said, and when that was noticed. */
    private record Seen(Optional<Instant> until, long at) {}

    /**
     * Begins to watch.
     *
     * @param lease how long this registry's own leases are, and probably those of others, of which each third brings
     *     a new one
     * @param nanoClock the monotonic clock
     */
    LeaseWatch(Duration lease, LongSupplier nanoClock) {
        this.lease = lease;
        this.nanoClock = nanoClock;
    }

    /** Takes note of what the zone has. */
    void look(Leases leases) {
        leases.records().keySet().forEach(registry -> look(registry, leases));
    }

    /** Returns whether a registry is gone; a lease counts half as long again, for clocks that disagree. */
    boolean isGone(String registry, Leases leases, Instant now) {
        Seen noted = look(registry, leases);
        Duration watched = Duration.ofNanos(nanoClock.getAsLong() - noted.at);
        Duration half = lease.dividedBy(2);
        return noted.until
                .map(until -> until.plus(half).isBefore(now) && watched.compareTo(half) >= 0)
                .orElseGet(() -> watched.compareTo(lease.plus(half)) > 0);
    }

    private Seen look(String registry, Leases leases) {
        Optional<Instant> until = leases.until(registry);
        Seen before = seen.get(registry);
        Seen noted = before != null && before.until.equals(until) ? before : new Seen(until, nanoClock.getAsLong());
        seen.put(registry, noted);
        return noted;
    }
}
