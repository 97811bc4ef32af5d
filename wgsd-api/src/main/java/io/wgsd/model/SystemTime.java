package io.wgsd.model;

import java.time.Instant;

/** The system's clocks, each of which can be read alone at its own cost. */
final class SystemTime implements TimeSource {

    static final TimeSource INSTANCE = new SystemTime();

    private SystemTime() {}

    @Override
    public Moment now() {
        return new Moment(Instant.now(), System.nanoTime());
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public String toString() {
        return "the system's clocks";
    }
}
