package io.wgsd.backend.cli;

import io.wgsd.spi.Operation;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs programs; safe for concurrent use. */
interface Programs {

    /**
     * Runs a program to its end.
     *
     * @param command its path and its arguments
     * @param input what it reads from standard input; a secret is at most 4096 bytes, for what is longer goes through a
     *     temporary file; null where it reads nothing
     * @param operation what it is for, which bounds it
     * @return what it left, which the caller closes
     * @throws IOException if it cannot be started, prints too much, or the operation must end: then it is ended, too
     */
    Output run(List<String> command, byte @Nullable [] input, Operation operation) throws IOException;
}
