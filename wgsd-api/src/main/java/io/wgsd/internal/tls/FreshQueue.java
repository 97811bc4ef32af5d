package io.wgsd.internal.tls;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Packets that wait to be sent, none of them long: what waits longer than 50 ms is dropped, the oldest first, since what
 * the packets carry sends again what is late, and late packets would delay all that follow. Not thread-safe.
 */
final class FreshQueue {

    static final Duration LONGEST_WAIT = Duration.ofMillis(50);

    /** 50 ms at 40 Mbit/s. */
    static final int MOST_BYTES = 256 << 10;

    private record Waiting(ByteBuffer packet, long since) {}

    private final ArrayDeque<Waiting> packets = new ArrayDeque<>();
    private int bytes;
    private long dropped;

    /** Adds a packet; the oldest give way where there are too many. */
    void add(byte[] packet, long now) {
        dropLate(now);
        packets.addLast(new Waiting(ByteBuffer.wrap(packet), now));
        bytes += packet.length;
        while (bytes > MOST_BYTES) {
            drop();
        }
    }

    /** Moves as many packets into a stream as it has room for, without those that are late. */
    void moveTo(ByteBuffer stream, long now) {
        dropLate(now);
        Waiting next = packets.peekFirst();
        while (next != null && stream.remaining() >= Frames.HEADER + next.packet.remaining()) {
            packets.removeFirst();
            bytes -= next.packet.remaining();
            Frames.append(stream, next.packet);
            next = packets.peekFirst();
        }
    }

    /** Returns how many packets were dropped so far. */
    long dropped() {
        return dropped;
    }

    private void dropLate(long now) {
        Waiting oldest = packets.peekFirst();
        while (oldest != null && now - oldest.since > LONGEST_WAIT.toNanos()) {
            drop();
            oldest = packets.peekFirst();
        }
    }

    private void drop() {
        bytes -= packets.removeFirst().packet.remaining();
        dropped++;
    }
}
