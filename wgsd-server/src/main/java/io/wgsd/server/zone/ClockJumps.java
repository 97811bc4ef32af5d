package io.wgsd.server.zone;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Notices when the wall clock goes otherwise than the monotonic one. Not thread-safe. */
public final class ClockJumps {

    /** Clocks that are only steered go wrong by less between two readings, and nothing here depends on less. */
    private static final Duration NOTABLE = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private Instant wall;
    private long nanos;

    public ClockJumps(InstantSource clock, LongSupplier nanoClock) {
        this.clock = clock;
        this.nanoClock = nanoClock;
        wall = clock.instant();
        nanos = nanoClock.getAsLong();
    }

    /** Looks at both clocks, and returns what to say where the wall clock has jumped since the look before. */
    public Optional<String> look() {
        Instant wallNow = clock.instant();
        long nanosNow = nanoClock.getAsLong();
        Instant expected = wall.plusNanos(nanosNow - nanos);
        Duration ahead = Duration.between(expected, wallNow);
        wall = wallNow;
        nanos = nanosNow;
        if (ahead.abs().compareTo(NOTABLE) < 0) {
            return Optional.empty();
        }
        return Optional.of("this host's clock went " + (ahead.isNegative() ? "back" : "forward") + " by "
                + ahead.abs().toSeconds() + " s, and says " + wallNow
                + " now; signatures that are not valid at that time are made again, and ages are counted"
                + " without that clock; see whether it is right");
    }
}
