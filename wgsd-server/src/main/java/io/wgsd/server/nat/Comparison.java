package io.wgsd.server.nat;

import io.wgsd.server.nat.Observer.Distance;
import java.time.Duration;

/**
 * How often in a row two observers have seen a peer at the same time, and whether at the same source.
 *
 * @param one the latest sample of one observer that was compared
 * @param other that of the other observer
 * @param agree whether they saw the same source
 * @param times how often in a row they did, or did not
 */
record Comparison(Sample one, Sample other, boolean agree, int times) {

    private static final long SIMULTANEOUS = Duration.ofSeconds(5).toNanos();
    private static final int ENOUGH = 3;

    /** Compares two samples for the first time. */
    Comparison(Sample one, Sample other) {
        this(one, other, one.source().equals(other.source()), 1);
    }

    /** Returns whether both are of one moment, in which a mapping hardly changes by itself. */
    static boolean comparable(Sample one, Sample other) {
        return one.isIpv6() == other.isIpv6() && Math.abs(one.nanos() - other.nanos()) <= SIMULTANEOUS;
    }

    /** Returns whether another one compares the same two observers. */
    boolean isOfTheSame(Comparison that) {
        return (one.replaces(that.one) && other.replaces(that.other))
                || (one.replaces(that.other) && other.replaces(that.one));
    }

    /** Returns this, with what an earlier one has shown; or the earlier one, unless both samples are new. */
    Comparison after(Comparison earlier) {
        Sample oneBefore = one.replaces(earlier.one) ? earlier.one : earlier.other;
        Sample otherBefore = other.replaces(earlier.other) ? earlier.other : earlier.one;
        if (!one.isNewerThan(oneBefore) || !other.isNewerThan(otherBefore)) {
            return earlier;
        }
        return agree == earlier.agree ? new Comparison(one, other, agree, Math.min(earlier.times + 1, ENOUGH)) : this;
    }

    boolean isEnough() {
        return times == ENOUGH;
    }

    boolean isIpv6() {
        return one.isIpv6();
    }

    Distance distance() {
        return one.observer().distance(other.observer(), isIpv6());
    }

    /** Returns when its newer sample was made. */
    long nanos() {
        return one.isNewerThan(other) ? one.nanos() : other.nanos();
    }
}
