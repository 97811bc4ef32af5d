package io.wgsd.spi;

import org.jspecify.annotations.Nullable;

/** Says that a backend cannot work here, or not just now. */
public final class UnavailableException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from
     * @param finding why not, and what to do about it
     * @param cause what led to it; null where nothing did
     */
    public UnavailableException(ErrorOrigin origin, Availability finding, @Nullable Throwable cause) {
        super(origin, "the backend \"" + origin.backend() + "\" is unavailable: " + finding, cause);
    }
}
