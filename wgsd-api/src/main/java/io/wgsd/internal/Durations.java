package io.wgsd.internal;

import java.time.Duration;

/** The lesser and the greater of two durations. */
public final class Durations {

    private Durations() {}

    /** Returns the longer one. */
    public static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Returns the shorter one. */
    public static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
