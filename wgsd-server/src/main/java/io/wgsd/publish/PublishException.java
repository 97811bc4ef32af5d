package io.wgsd.publish;

import java.io.IOException;

/** Says in one line why a primary does not have what it was to have: what, where, and what to do about it. */
public final class PublishException extends IOException {

    private static final long serialVersionUID = 1L;

    PublishException(String message) {
        super(message);
    }

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
