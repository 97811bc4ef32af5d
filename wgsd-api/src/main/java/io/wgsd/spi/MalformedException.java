package io.wgsd.spi;

import org.jspecify.annotations.Nullable;

/** Reports that what WireGuard sent is not what its protocol allows, or broke off. */
public final class MalformedException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from
     * @param found what was received, and what was expected; no secret
     * @param cause what led to it; null where nothing did
     */
    public MalformedException(ErrorOrigin origin, String found, @Nullable Throwable cause) {
        super(origin, "the answer for " + origin + " cannot be understood: " + found, cause);
    }
}
