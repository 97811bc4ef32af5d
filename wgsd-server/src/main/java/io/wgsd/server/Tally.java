package io.wgsd.server;

import io.wgsd.server.answer.Outcome;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what became of messages, from any thread. */
final class Tally {

    private final Map<Outcome, LongAdder> counters = Stream.of(Outcome.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), o -> new LongAdder()));

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
