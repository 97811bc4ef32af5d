package io.wgsd.spi;

import org.jspecify.annotations.Nullable;

/** Reports that a backend cannot work here, or not at the moment. */
public final class UnavailableException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    private final Availability finding;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from
     * @param finding why not, and what to do about it
     * @param cause what led to it; null where nothing did
     */
    public UnavailableException(ErrorOrigin origin, Availability finding, @Nullable Throwable cause) {
        this(origin, "the backend \"" + origin.backend() + "\" is unavailable: " + finding, finding, cause);
    }

    private UnavailableException(ErrorOrigin origin, String message, Availability finding, @Nullable Throwable cause) {
        super(origin, message, cause);
        this.finding = finding;
    }

    /**
     * Returns the exception that says this of all backends.
     *
     * @param origin where the error comes from
     * @param finding why no backend can work here, and what to do about it
     * @return a new exception
     */
    public static UnavailableException ofAll(ErrorOrigin origin, Availability finding) {
        return new UnavailableException(origin, "no backend is available: " + finding, finding, null);
    }

    /**
     * Returns why the backend cannot work here, and what to do about it.
     *
     * @return the finding
     */
    public Availability finding() {
        return finding;
    }
}
