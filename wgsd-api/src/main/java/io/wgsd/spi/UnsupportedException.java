package io.wgsd.spi;

/** Reports that a backend, or the WireGuard behind it, cannot do what was asked; nothing was changed. */
public final class UnsupportedException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from
     * @param feature what it cannot do, as in "restart"
     * @param remedy what to do instead
     */
    public UnsupportedException(ErrorOrigin origin, String feature, String remedy) {
        super(origin, feature + " is not supported by " + origin + "; " + remedy, null);
    }
}
