package io.wgsd.spi;

/** Reports that a backend has no WireGuard device of that name. */
public final class NoSuchDeviceException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from; its device is named
     * @param reason why not, in a clause that can be joined to those of other backends, as in "the kernel has none"
     */
    public NoSuchDeviceException(ErrorOrigin origin, String reason) {
        super(origin, "no device \"" + origin.device().orElse("") + "\": " + reason, null);
        this.reason = reason;
    }

    /**
     * Returns why there is no such device, in a clause.
     *
     * @return as in "the kernel has none"
     */
    public String reason() {
        return reason;
    }
}
