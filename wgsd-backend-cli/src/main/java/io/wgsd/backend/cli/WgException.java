package io.wgsd.backend.cli;

import java.io.IOException;

/** Reports that {@code wg} failed, and what it printed about it. */
final class WgException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String said;

    WgException(int status, String said) {
        super("wg ended with status " + status + (said.isEmpty() ? "" : ": " + said));
        this.said = said;
    }

    /** Returns what it printed on standard error, "" for nothing. */
    String said() {
        return said;
    }
}
