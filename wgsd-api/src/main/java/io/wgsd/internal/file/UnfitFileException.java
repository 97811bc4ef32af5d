package io.wgsd.internal.file;

import java.io.IOException;

/** There is a file where state is kept, and it must not be used. */
public final class UnfitFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message why, in one line
     */
    public UnfitFileException(String message) {
        super(message);
    }
}
