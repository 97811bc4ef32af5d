package io.wgsd.backend.cli;

import java.nio.charset.StandardCharsets;

/**
 * What a program left: its exit status and what it printed, which closing wipes.
 *
 * @param status 0 for success
 * @param out standard output
 * @param err standard error, which holds no secret
 */
record Output(int status, WipedBytes out, String err) implements AutoCloseable {

    /** Returns standard output as a text, for outputs that hold no secret. */
    String text() {
        return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        out.close();
    }
}
