package io.wgsd.command.log;

import io.wgsd.internal.LineLimit;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What a command that stays tells its operator, one line for each thing. Thread-safe.
 *
 * <p>Who can be made to write by others, or again and again, names the source: of one source only a line a minute
 * passes ({@link LineLimit}).
 */
public final class Log {

    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final LogOutput output;
    private final UnaryOperator<String> words;
    private final LineLimit changes = new LineLimit(System::nanoTime);
    private boolean sweeping;

    /** Makes a log whose lines go to an output. */
    public Log(LogOutput output) {
        this(output, UnaryOperator.identity());
    }

    private Log(LogOutput output, UnaryOperator<String> words) {
        this.output = output;
        this.words = words;
    }

    /** Returns a log with the same output, whose lines are changed first, as to name peers. */
    public Log with(UnaryOperator<String> change) {
        return new Log(output, change);
    }

    /** Writes that something has ended, or does not work at all. */
    public void error(String line) {
        write(Level.ERROR, line);
    }

    /** Writes that something does not work as it is to. */
    public void warn(String line) {
        write(Level.WARN, line);
    }

    /** Writes the same of something that may go to and fro, as a server does that is away at times. */
    public void warn(String source, String line) {
        changes.report(source, () -> line, this::warn);
        sweepLater();
    }

    /** Writes that the state has changed. */
    public void info(String line) {
        write(Level.INFO, line);
    }

    /** Writes the same of something that may go to and fro. */
    public void info(String source, String line) {
        changes.report(source, () -> line, this::info);
        sweepLater();
    }

    /** Writes what happens in detail. */
    public void debug(String line) {
        write(Level.DEBUG, line);
    }

    /** Writes a line of any level. */
    public void write(Level level, String line) {
        output.write(level, words.apply(line));
    }

    private synchronized void sweepLater() {
        if (!sweeping && changes.isWaiting()) {
            sweeping = true;
            Thread thread = new Thread(this::sweep, "wgsd-log");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void sweep() {
        try {
            while (isSweepingOn()) {
                Thread.sleep(SWEEP.toMillis());
                changes.sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isSweepingOn() {
        sweeping = changes.isWaiting();
        return sweeping;
    }
}
