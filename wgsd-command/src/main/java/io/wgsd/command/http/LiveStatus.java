package io.wgsd.command.http;

import io.wgsd.command.status.StatusAnswer;
import io.wgsd.command.status.StatusQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What {@code wgsd status --json} prints of this process. It is asked for at most once a second, however many watch,
 * and not at all while nobody does. Thread-safe.
 */
final class LiveStatus {

    private static final long FRESH = Duration.ofMillis(900).toNanos();
    private static final int TEXT_WIDTH = 100;

    private final UnaryOperator<String> status;
    private final LongSupplier nanos;
    private @Nullable String document;
    private long made;

    /**
     * Shows what answers.
     *
     * @param status what answers at the status socket
     * @param nanos a monotonic clock
     */
    LiveStatus(UnaryOperator<String> status, LongSupplier nanos) {
        this.status = status;
        this.nanos = nanos;
    }

    /** Returns the document, on one line; the same object as before where it was made less than a second ago. */
    synchronized String json() {
        long now = nanos.getAsLong();
        String last = document;
        if (last != null && now - made < FRESH) {
            return last;
        }
        String next = "[" + ask(StatusQuery.ofJson()) + "]";
        document = next;
        made = now;
        return next;
    }

    /** Returns the same for people, as {@code wgsd status} prints it. */
    String text() {
        return ask(StatusQuery.ofText(TEXT_WIDTH, false));
    }

    private String ask(StatusQuery query) {
        try {
            return StatusAnswer.parse(status.apply(query.line())).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
