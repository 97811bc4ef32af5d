package io.wgsd.publish;

import java.io.IOException;

/** Says in one line why a primary does not have what it was to have: what, where, and what to do about it. */
public final class PublishException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception, as for a test of what shows it.
     *
     * @param message what, where, and what to do about it, in one line
     */
    public PublishException(String message) {
        super(message);
    }

    /**
     * Makes an exception with a cause.
     *
     * @param message what, where, and what to do about it, in one line
     * @param cause what it follows from
     */
    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
