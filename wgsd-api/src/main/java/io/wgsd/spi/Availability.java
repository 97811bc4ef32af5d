package io.wgsd.spi;

import io.wgsd.internal.OneLine;
import java.io.Serializable;

/**
 * Whether a backend can work here, and if not, why, and what to do about it. Immutable and thread-safe.
 *
 * @param isAvailable whether it can work here
 * @param reason what was found, in words that stand alone on a line
 * @param remedy what would make it available; empty where it is, or where nothing would
 */
public record Availability(boolean isAvailable, String reason, String remedy) implements Serializable {

    /**
     * Makes a finding; line breaks and other control characters are escaped.
     *
     * @param isAvailable whether it can work here
     * @param reason what was found
     * @param remedy what to do about it
     */
    public Availability {
        reason = OneLine.of(reason);
        remedy = OneLine.of(remedy);
    }

    /**
     * Returns that the backend can work here.
     *
     * @param found what was found, as in "/var/run/wireguard has 2 sockets"
     * @return the finding
     */
    public static Availability available(String found) {
        return new Availability(true, found, "");
    }

    /**
     * Returns that the backend cannot work here.
     *
     * @param reason why not, as in "the kernel has no WireGuard"
     * @param remedy what to do about it, as in "modprobe wireguard"
     * @return the finding
     */
    public static Availability unavailable(String reason, String remedy) {
        return new Availability(false, reason, remedy);
    }

    /** Returns the reason and the remedy on one line. */
    @Override
    public String toString() {
        return remedy.isEmpty() ? reason : reason + "; " + remedy;
    }
}
