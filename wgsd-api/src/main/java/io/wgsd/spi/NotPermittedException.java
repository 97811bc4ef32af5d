package io.wgsd.spi;

import org.jspecify.annotations.Nullable;

/** Reports that this process may not do that to WireGuard. */
public final class NotPermittedException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from; its device is named
     * @param action what was refused, as in "reading"
     * @param remedy what would allow it, as in "run as root or with CAP_NET_ADMIN"
     * @param cause what led to it; null where nothing did
     */
    public NotPermittedException(ErrorOrigin origin, String action, String remedy, @Nullable Throwable cause) {
        super(origin, action + " " + origin + " is not permitted; " + remedy, cause);
    }
}
