package io.wgsd.relay.tally;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How many packets came to which end, and how many bytes were forwarded. Thread-safe. */
public final class Tally {

    private final Map<Outcome, LongAdder> packets;
    private final LongAdder forwardedBytes = new LongAdder();

    /** Makes a tally without anything in it. */
    public Tally() {
        Map<Outcome, LongAdder> counters = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counters.put(outcome, new LongAdder());
        }
        packets = counters;
    }

    /**
     * Counts a packet.
     *
     * @param outcome what became of it
     */
    public void count(Outcome outcome) {
        of(packets, outcome).increment();
    }

    /**
     * Counts data that were forwarded.
     *
     * @param bytes how long the message was
     */
    public void forwarded(int bytes) {
        count(Outcome.FORWARDED);
        forwardedBytes.add(bytes);
    }

    /**
     * Returns how many packets came to an end.
     *
     * @param outcome which
     * @return how many
     */
    public long of(Outcome outcome) {
        return of(packets, outcome).sum();
    }

    private static LongAdder of(Map<Outcome, LongAdder> counters, Outcome outcome) {
        return Objects.requireNonNull(counters.get(outcome));
    }

    /**
     * Returns how many bytes of data were forwarded.
     *
     * @return bytes of messages, without the headers of UDP and IP
     */
    public long forwardedBytes() {
        return forwardedBytes.sum();
    }
}
