package io.wgsd.model;

import java.time.Duration;

/** The range of a persistent keepalive interval, which WireGuard keeps as a 16-bit number of seconds. */
final class Keepalives {

    private static final long MAX_SECONDS = 65535;

    private Keepalives() {}

    static Duration check(Duration interval) {
        if (interval.isNegative() || interval.getNano() != 0 || interval.getSeconds() > MAX_SECONDS) {
            throw new IllegalArgumentException(
                    "persistent keepalive must be whole seconds, 0 (off) to " + MAX_SECONDS + ", was " + interval);
        }
        return interval;
    }
}
