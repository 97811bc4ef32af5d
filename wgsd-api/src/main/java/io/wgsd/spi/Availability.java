package io.wgsd.spi;

import java.util.Objects;

/**
 * Whether a backend can work here, and if not, why, and what to do about it. Immutable and thread-safe.
 *
 * @param isAvailable whether it can work here
 * @param reason what was found, in words that stand alone on a line
 * @param remedy what would make it available; empty where it is, or where nothing would
 */
public record Availability(boolean isAvailable, String reason, String remedy) {

    /**
     * Makes a finding.
     *
     * @param isAvailable whether it can work here
     * @param reason what was found
     * @param remedy what to do about it
     */
    public Availability {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(remedy, "remedy");
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
