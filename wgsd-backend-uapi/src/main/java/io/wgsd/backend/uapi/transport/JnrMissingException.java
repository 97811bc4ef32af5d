package io.wgsd.backend.uapi.transport;

import java.io.IOException;

/** Reports that jnr-unixsocket, which may be left out, is needed. */
final class JnrMissingException extends IOException {

    private static final long serialVersionUID = 1L;

    JnrMissingException() {
        super("jnr-unixsocket is missing");
    }
}
