package io.wgsd.command.log;

import io.wgsd.internal.OneLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Standard error, as the log of a process: {@code LEVEL what}, after the time in UTC; or, where a journal adds the time,
 * after the priority for the journal (sd-daemon(3)). Thread-safe.
 */
public final class ErrorStream implements LogOutput {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** Of an error's causes, and of the frames of each, so that an error that repeats itself ends. */
    private static final int MOST_CAUSES = 10;

    private static final int MOST_FRAMES = 100;

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final PrintWriter err;
    private final Optional<Supplier<Instant>> clock;
    private volatile Level level = Level.INFO;

    /**
     * Makes a log.
     *
     * @param err where the lines go
     * @param clock the wall clock; empty where a journal reads the lines, which adds the time
     */
    ErrorStream(PrintWriter err, Optional<Supplier<Instant>> clock) {
        this.err = err;
        this.clock = clock;
    }

    /** Returns the log of this process. */
    public static ErrorStream of(PrintWriter err) {
        boolean journal = isJournal(System.getenv(), identity(STANDARD_ERROR));
        return new ErrorStream(err, journal ? Optional.empty() : Optional.of(Instant::now));
    }

    /**
     * Returns whether a journal reads standard error: systemd says which stream that is, since it may have been
     * redirected (systemd.exec(5), {@code $JOURNAL_STREAM}).
     *
     * @param standardError what the stream is, as DEVICE:INODE; null where that is not known
     */
    static boolean isJournal(Map<String, String> environment, @Nullable String standardError) {
        return standardError != null && standardError.equals(environment.get("JOURNAL_STREAM"));
    }

    static @Nullable String identity(Path stream) {
        try {
            return Files.getAttribute(stream, "unix:dev") + ":" + Files.getAttribute(stream, "unix:ino");
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Shows lines of this level, and of those that matter more, from now on. */
    public void show(Level least) {
        level = least;
    }

    /** Returns whether lines of a level are shown. */
    boolean shows(Level which) {
        return level.shows(which);
    }

    @Override
    public void write(Level which, String line) {
        if (shows(which)) {
            print(which, which + " " + OneLine.of(line));
        }
    }

    /** Writes what comes with a line and is longer, as a stack trace, indented. */
    void write(Level which, Throwable error) {
        if (!shows(which)) {
            return;
        }
        Throwable each = error;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            print(which, "    " + (i == 0 ? "" : "caused by ") + OneLine.of(each.toString()));
            Arrays.stream(each.getStackTrace())
                    .limit(MOST_FRAMES)
                    .forEach(frame -> print(which, "        at " + frame));
            each = each.getCause();
        }
    }

    private void print(Level which, String text) {
        String begin = clock.map(each -> TIME.format(each.get()) + " ").orElseGet(() -> "<" + which.priority() + ">");
        synchronized (err) {
            err.println(begin + text);
            err.flush();
        }
    }
}
