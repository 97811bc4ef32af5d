package io.wgsd.command.netcheck;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/** Puts values into sentences. */
final class Words {

    private Words() {}

    static String join(Collection<?> values) {
        return values.isEmpty()
                ? "none"
                : values.stream().map(Object::toString).distinct().collect(Collectors.joining(", "));
    }

    /** Returns milliseconds, to a tenth. */
    static double milliseconds(Duration time) {
        return Math.round(time.toNanos() / 100_000.0) / 10.0;
    }

    static String millis(Duration time) {
        return milliseconds(time) + " ms";
    }
}
