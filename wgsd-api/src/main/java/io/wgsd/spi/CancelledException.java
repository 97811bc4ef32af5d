package io.wgsd.spi;

import org.jspecify.annotations.Nullable;

/**
 * Reports that an operation ended early, because its thread was interrupted or its source closed; whether WireGuard
 * carried it out is not known.
 */
public final class CancelledException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from
     * @param action what was done, as in "reading"
     * @param reason "the thread was interrupted" or "the source is closed"
     * @param cause what led to it; null where nothing did
     */
    public CancelledException(ErrorOrigin origin, String action, String reason, @Nullable Throwable cause) {
        super(origin, action + " " + origin + " was cancelled: " + reason, cause);
    }
}
