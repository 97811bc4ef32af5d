package io.wgsd.spi;

/** Reports that WireGuard understood a request and refused it. */
public final class RejectedException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from; its device is named
     * @param action what was refused, as in "changing"
     * @param reason what WireGuard said, and what to do about it
     */
    public RejectedException(ErrorOrigin origin, String action, String reason) {
        super(origin, action + " " + origin + " was rejected: " + reason, null);
    }
}
