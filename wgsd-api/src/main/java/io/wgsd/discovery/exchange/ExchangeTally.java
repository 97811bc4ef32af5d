package io.wgsd.discovery.exchange;

import io.wgsd.discovery.ClientStats;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what is asked, and what becomes of it. Thread-safe. */
final class ExchangeTally {

    private final AtomicLong questions = new AtomicLong();
    private final AtomicLong sentByUdp = new AtomicLong();
    private final AtomicLong sentByTcp = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong timedOut = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong cancelled = new AtomicLong();

    /** Counts a question now, and its end when that comes. */
    void asked(CompletableFuture<Response> response) {
        questions.incrementAndGet();
        CompletableFuture<?> unused =
                response.whenComplete((done, failure) -> end(failure).incrementAndGet());
    }

    void sent(boolean tcp) {
        (tcp ? sentByTcp : sentByUdp).incrementAndGet();
    }

    private AtomicLong end(@Nullable Throwable failure) {
        if (failure == null) {
            return answered;
        }
        if (!(failure instanceof ExchangeException exchange)) {
            return cancelled;
        }
        return switch (exchange.reason()) {
            case TIMED_OUT -> timedOut;
            case REFUSED -> refused;
            case CLOSED -> cancelled;
            default -> failed;
        };
    }

    ClientStats stats() {
        return ClientStats.builder()
                .questions(questions.get())
                .sentByUdp(sentByUdp.get())
                .sentByTcp(sentByTcp.get())
                .answered(answered.get())
                .timedOut(timedOut.get())
                .refused(refused.get())
                .failed(failed.get())
                .cancelled(cancelled.get())
                .build();
    }
}
