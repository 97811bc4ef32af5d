package io.wgsd.command.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How much a line of the log matters, the most important first. */
public enum Level {
    /** Something has ended, or does not work at all. */
    ERROR(3),
    /** Something does not work as it is to, and somebody should look. */
    WARN(4),
    /** The state has changed, as an operator needs to know. */
    INFO(6),
    /** What happens in detail. */
    DEBUG(7);

    private final int priority;

    Level(int priority) {
        this.priority = priority;
    }

    /** Returns the priority in a journal (sd-daemon(3)). */
    int priority() {
        return priority;
    }

    /** Returns whether a log that shows this level shows the other too. */
    boolean shows(Level other) {
        return other.compareTo(this) <= 0;
    }

    /** Returns the level of a name; empty if there is none. */
    public static Optional<Level> of(String name) {
        return Arrays.stream(values())
                .filter(level -> level.word().equals(name))
                .findAny();
    }

    /** Returns the names of all levels, as they are written in settings. */
    public static String words() {
        return Arrays.stream(values()).map(Level::word).collect(Collectors.joining(", "));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
