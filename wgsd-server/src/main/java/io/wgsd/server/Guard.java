package io.wgsd.server;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a thread running although what it does may fail, and logs a failure that repeats only once. Thread-safe. */
final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Consumer<Error> failures;
    private volatile @Nullable String lastProblem;

    /**
     * Makes a guard.
     *
     * @param failures gets errors after which no thread can continue
     */
    Guard(Consumer<Error> failures) {
        this.failures = failures;
    }

    /** Does something that may fail; what another does next may not. */
    void run(String what, Runnable action) {
        try {
            action.run();
        } catch (Error e) {
            failures.accept(e);
        } catch (RuntimeException e) {
            // The same may happen at each reading; once is enough to be noticed and found.
            String problem = what + ": " + e;
            if (problem.equals(lastProblem)) {
                LOG.debug("{} failed again: {}", what, e.toString());
            } else {
                LOG.error("{} failed", what, e);
            }
            lastProblem = problem;
        }
    }
}
