package io.wgsd.backend.uapi.codec;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the time of a handshake from the two numbers that an answer has for it.
 *
 * <p>wireguard-go writes the wall clock's time since 1970; boringtun writes how long ago it was (src/device/api.rs,
 * time_since_last_handshake). What lies before 2001 is taken for an age.
 */
final class HandshakeTimes {

    private static final long YEAR_2001 = 978_307_200;

    /**
     * More than the error of an age (below 1 s), less than the shortest time between two handshakes (REKEY_TIMEOUT, 5
     * s).
     */
    private static final Duration SAME = Duration.ofSeconds(2);

    private HandshakeTimes() {}

    static boolean isAge(long seconds, long nanos, Instant now) {
        return (seconds != 0 || nanos != 0) && seconds < YEAR_2001 && now.getEpochSecond() >= YEAR_2001;
    }

    /**
     * Returns when the handshake was; null for never.
     *
     * <p>An age gives another instant at each reading. So that a handshake does not seem to move, {@code earlier} is
     * returned again as long as the age agrees with it.
     */
    static @Nullable Instant at(long seconds, long nanos, Instant now, @Nullable Instant earlier) {
        if (seconds == 0 && nanos == 0) {
            return null;
        }
        if (!isAge(seconds, nanos, now)) {
            return Instant.ofEpochSecond(seconds, nanos);
        }
        Instant then = now.minusSeconds(seconds).minusNanos(nanos).truncatedTo(ChronoUnit.SECONDS);
        boolean same = earlier != null && Duration.between(earlier, then).abs().compareTo(SAME) < 0;
        return same ? earlier : then;
    }
}
