package io.wgsd.command.log;

/** Takes the lines of a log. Thread-safe. */
@FunctionalInterface
public interface LogOutput {

    /** Takes a line, which may be shown or not. */
    void write(Level level, String line);
}
