package io.wgsd.spi;

/** Reports that a device changed so often while it was read that no consistent reading was possible. */
public final class InterruptedDumpException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from; its device is named
     * @param attempts how often it was tried
     */
    public InterruptedDumpException(ErrorOrigin origin, int attempts) {
        super(
                origin,
                "reading " + origin + " was interrupted by changes " + attempts
                        + " times; try again when fewer are made",
                null);
    }
}
