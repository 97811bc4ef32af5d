package io.wgsd.internal.file;

import io.wgsd.internal.OneLine;
import java.io.IOException;

/** There is a file where state is kept, and it must not be used. */
public final class UnfitFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message why, which is made one line
     */
    public UnfitFileException(String message) {
        super(OneLine.of(message));
    }
}
