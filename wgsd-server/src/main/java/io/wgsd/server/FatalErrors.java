package io.wgsd.server;

import io.wgsd.server.transport.RoleThreads;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a registry of which an error, such as an {@code OutOfMemoryError}, has ended a thread: it stops answering at
 * once, reports the error, and closes. What is left of it would keep serving what is out of date. Thread-safe.
 */
final class FatalErrors {

    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);

    private final Consumer<Throwable> listener;
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    private final List<Runnable> closings = new CopyOnWriteArrayList<>();

    /**
     * Makes a registry's.
     *
     * @param listener gets the first error, on the thread that fails, when nothing is answered any more
     */
    FatalErrors(Consumer<Throwable> listener) {
        this.listener = listener;
    }

    /** Returns threads that end only when they are meant to, or with a report. */
    ThreadFactory guarding(ThreadFactory threadFactory) {
        return RoleThreads.around(threadFactory, task -> () -> {
            try {
                task.run();
            } catch (Throwable e) {
                report(e);
            }
        });
    }

    /** Closes something when the first error comes, in the order of these calls; at once if it has come already. */
    void close(Runnable closing) {
        closings.add(closing);
        if (first.get() != null) {
            attempt(closing);
        }
    }

    /** Returns what was reported first. */
    Optional<Throwable> first() {
        return Optional.ofNullable(first.get());
    }

    /** Takes note of what cannot be gone on after; only the first one counts. */
    void report(Throwable error) {
        if (!first.compareAndSet(null, error)) {
            return;
        }
        // Where memory is short each of these may fail for itself.
        attempt(() -> closings.stream().findFirst().ifPresent(Runnable::run));
        attempt(() -> LOG.error("a registry has failed, and closes: {}", error.toString(), error));
        attempt(() -> listener.accept(error));
        closings.stream().skip(1).forEach(FatalErrors::attempt);
    }

    private static void attempt(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            try {
                LOG.error("closing a registry that has failed", e);
            } catch (Throwable again) {
                // There is nobody left to report to.
            }
        }
    }
}
