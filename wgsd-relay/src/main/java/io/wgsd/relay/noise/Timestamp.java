package io.wgsd.relay.noise;

import io.wgsd.relay.wire.Messages;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * The label of time by which a responder knows a repeated initiation: TAI64N, as WireGuard writes it (tai64n_now).
 *
 * <p>Only the order counts. Immutable and thread-safe.
 *
 * @param seconds the label's seconds, unsigned
 * @param nanos the label's nanoseconds, unsigned
 */
public record Timestamp(long seconds, int nanos) implements Comparable<Timestamp> {

    /** The label before all others. */
    public static final Timestamp NONE = new Timestamp(0, 0);

    /** 2^62 and the ten seconds that TAI was ahead when it began. */
    private static final long EPOCH = 0x4000_0000_0000_000aL;
    /** WireGuard's grain of time: the greatest power of two of which a second has fifty. */
    private static final int GRAIN = 1 << 24;

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    /**
     * Returns the label of an instant, as coarse as WireGuard's.
     *
     * @param instant the instant
     * @return the label
     */
    public static Timestamp of(Instant instant) {
        return new Timestamp(EPOCH + instant.getEpochSecond(), instant.getNano() & -GRAIN);
    }

    /**
     * Returns the label of an instant, or the one right behind the last that was used where the clock has not passed
     * that yet.
     *
     * @param instant the instant
     * @param last the last that was used
     * @return a greater label than the last
     */
    public static Timestamp after(Instant instant, Timestamp last) {
        Timestamp now = of(instant);
        return now.compareTo(last) > 0 ? now : last.next();
    }

    /**
     * Returns a later label.
     *
     * @param more how many seconds later
     * @return the label
     */
    public Timestamp plusSeconds(long more) {
        return new Timestamp(seconds + more, nanos);
    }

    private Timestamp next() {
        return nanos < NANOS_PER_SECOND - GRAIN ? new Timestamp(seconds, nanos + GRAIN) : new Timestamp(seconds + 1, 0);
    }

    static Timestamp read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Timestamp(buffer.getLong(), buffer.getInt());
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(Messages.TIMESTAMP)
                .putLong(seconds)
                .putInt(nanos)
                .array();
    }

    @Override
    public int compareTo(Timestamp other) {
        int order = Long.compareUnsigned(seconds, other.seconds);
        return order != 0 ? order : Integer.compareUnsigned(nanos, other.nanos);
    }
}
