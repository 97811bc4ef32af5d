package io.wgsd.server;

import io.wgsd.server.answer.Outcome;
import java.util.EnumMap;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of messages, from any thread. */
final class Tally {

    private final EnumMap<Outcome, LongAdder> counters = new EnumMap<>(Outcome.class);

    Tally() {
        for (Outcome outcome : Outcome.values()) {
            counters.put(outcome, new LongAdder());
        }
    }

    void count(Outcome outcome) {
        counter(outcome).increment();
    }

    /** Returns statistics with what was counted. */
    RegistryStatsBuilder stats() {
        long forged = of(Outcome.FORGED);
        long truncated = of(Outcome.TRUNCATED);
        return RegistryStats.builder()
                .queries(counters.values().stream().mapToLong(LongAdder::sum).sum())
                .answered(of(Outcome.ANSWERED) + of(Outcome.REGISTERED) + truncated)
                .truncated(truncated)
                .transfers(of(Outcome.TRANSFERRED))
                .incrementalTransfers(of(Outcome.TRANSFERRED_CHANGES))
                .noData(of(Outcome.NO_DATA))
                .nameErrors(of(Outcome.NAME_ERROR))
                .refused(of(Outcome.REFUSED) + of(Outcome.NOT_REGISTERED))
                .malformed(of(Outcome.MALFORMED) + of(Outcome.NOT_IMPLEMENTED) + of(Outcome.BAD_VERSION))
                .notReady(of(Outcome.NOT_READY))
                .dropped(forged + of(Outcome.IGNORED) + of(Outcome.LIMITED))
                .limited(of(Outcome.LIMITED) + of(Outcome.PUT_OFF))
                .badSignatures(of(Outcome.BAD_SIGNATURE))
                .forged(forged);
    }

    private long of(Outcome outcome) {
        return counter(outcome).sum();
    }

    private LongAdder counter(Outcome outcome) {
        return Objects.requireNonNull(counters.get(outcome), "counter");
    }
}
