package io.wgsd.relay.tally;

import java.util.concurrent.atomic.LongAdder;

/** How many packets came to which end, and how many bytes were forwarded. Thread-safe. */
public final class Tally {

    private static final Outcome[] OUTCOMES = Outcome.values();

    private final LongAdder[] packets = new LongAdder[OUTCOMES.length];
    private final LongAdder forwardedBytes = new LongAdder();

    /** Makes a tally without anything in it. */
    public Tally() {
        for (int i = 0; i < packets.length; i++) {
            packets[i] = new LongAdder();
        }
    }

    /**
     * Counts a packet.
     *
     * @param outcome what became of it
     */
    public void count(Outcome outcome) {
        packets[outcome.ordinal()].increment();
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
        return packets[outcome.ordinal()].sum();
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
