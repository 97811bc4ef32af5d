package io.wgsd.command.http;

import io.wgsd.command.status.StatusAnswer;
import io.wgsd.command.status.StatusQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
    private @Nullable Made json;
    private @Nullable Made text;

    /** What was made, and when. */
    private record Made(String document, long at) {}

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
        Made now = fresh(json, () -> "[" + ask(StatusQuery.ofJson()) + "]");
        json = now;
        return now.document();
    }

    /** Returns the same for people, as {@code wgsd status} prints it. */
    synchronized String text() {
        Made now = fresh(text, () -> ask(StatusQuery.ofText(TEXT_WIDTH, false)));
        text = now;
        return now.document();
    }

    private Made fresh(@Nullable Made before, Supplier<String> next) {
        long now = nanos.getAsLong();
        return before != null && now - before.at() < FRESH ? before : new Made(next.get(), now);
    }

    private String ask(StatusQuery query) {
        try {
            return StatusAnswer.parse(status.apply(query.line())).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
