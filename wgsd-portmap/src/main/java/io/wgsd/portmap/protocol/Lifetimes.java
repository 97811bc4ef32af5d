package io.wgsd.portmap.protocol;

import java.time.Duration;
import java.util.Optional;

/** Which lifetimes of mappings make sense. */
public final class Lifetimes {

    /** What is shorter would have to be renewed all the time. */
    public static final Duration LEAST = Duration.ofSeconds(10);

    /** What is longer is taken for this, as RFC 6887 recommends: a lie must not outlive the day. */
    public static final Duration MOST = Duration.ofDays(1);

    private Lifetimes() {}

    /**
     * Returns for how long a mapping may be relied upon.
     *
     * @param seconds what a router says, unsigned
     * @return at most {@link #MOST}; empty where it is too short
     */
    public static Optional<Duration> of(long seconds) {
        if (seconds < LEAST.toSeconds()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(Math.min(seconds, MOST.toSeconds())));
    }
}
