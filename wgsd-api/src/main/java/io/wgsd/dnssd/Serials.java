package io.wgsd.dnssd;

import java.time.Instant;

/** Serials of a zone as RFC 1982 counts them: 32 bits, where 0 comes after the greatest. */
public final class Serials {

    private static final long HALF = 1L << 31;

    private Serials() {}

    /**
     * Returns the serial that follows another: the unix time in seconds, or the next number where that is not greater.
     *
     * @param previous the serial in use
     * @param now the wall clock's time
     * @return a serial greater than the previous one
     */
    public static long next(long previous, Instant now) {
        long time = now.getEpochSecond() & Zone.MAX_SERIAL;
        return isGreater(time, previous) ? time : (previous + 1) & Zone.MAX_SERIAL;
    }

    /**
     * Returns whether one serial is newer than another (RFC 1982, section 3.2).
     *
     * @param one a serial
     * @param other another serial
     * @return whether {@code one} comes later; false where the two are equal or half the circle apart
     */
    public static boolean isGreater(long one, long other) {
        long ahead = (one - other) & Zone.MAX_SERIAL;
        return ahead > 0 && ahead < HALF;
    }
}
