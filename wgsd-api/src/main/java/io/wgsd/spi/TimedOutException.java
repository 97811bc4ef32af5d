package io.wgsd.spi;

import java.time.Duration;

/** Reports that an operation did not end in time; whether WireGuard carried it out is not known. */
public final class TimedOutException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from
     * @param action what was done, as in "reading"
     * @param timeout how long it was allowed to take
     */
    public TimedOutException(ErrorOrigin origin, String action, Duration timeout) {
        super(
                origin,
                action + " " + origin + " took longer than " + timeout.toMillis()
                        + " ms; see whether WireGuard still answers, or allow more time in PeerSourceOptions",
                null);
    }
}
