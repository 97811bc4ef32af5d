package io.wgsd.portmap.exchange;

import java.io.IOException;

/** Says in a clause that a router did not answer, and how that was seen. */
public final class NoAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    public NoAnswerException(String message) {
        super(message);
    }
}
