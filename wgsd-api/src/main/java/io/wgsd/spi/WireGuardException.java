package io.wgsd.spi;

import io.wgsd.internal.OneLine;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reports that WireGuard could not be listed, read or changed.
 *
 * <p>The message is one line that says what, where and what to do, and holds no secret. A backend throws the subclass
 * that fits, because {@link PeerSources} continues with the next backend only on {@link UnavailableException} and
 * {@link NoSuchDeviceException}.
 */
public abstract class WireGuardException extends IOException {

    private static final long serialVersionUID = 1L;

    private final ErrorOrigin origin;

    /**
     * Makes an exception.
     *
     * @param origin where the error comes from
     * @param message one line: what, where, what to do; line breaks and other control characters in it are escaped
     * @param cause what led to it; null where nothing did
     */
    protected WireGuardException(ErrorOrigin origin, String message, @Nullable Throwable cause) {
        super(OneLine.of(message), cause);
        this.origin = origin;
    }

    /**
     * Returns where the error comes from.
     *
     * @return the origin
     */
    public ErrorOrigin origin() {
        return origin;
    }

    /**
     * Returns the backend that reports the error.
     *
     * @return its name
     */
    public String backend() {
        return origin.backend();
    }

    /**
     * Returns the device that the error concerns.
     *
     * @return its name; empty where it concerns none
     */
    public Optional<String> device() {
        return origin.device();
    }

    /**
     * Returns the system's error number.
     *
     * @return as in errno(3), positive; empty where there is none
     */
    public OptionalInt errno() {
        return origin.errno();
    }
}
