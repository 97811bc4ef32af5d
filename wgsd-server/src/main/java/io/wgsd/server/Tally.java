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

    long of(Outcome outcome) {
        return counter(outcome).sum();
    }

    private LongAdder counter(Outcome outcome) {
        return Objects.requireNonNull(counters.get(outcome), "counter");
    }
}
