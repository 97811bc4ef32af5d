package io.wgsd.benchmarks.relay;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** The same packet many times, sent with one system call (sendmmsg(2)). */
final class Burst {

    static final int MOST = 64;

    // struct mmsghdr, whose first part is struct user_msghdr, and struct iovec
    private static final int HEADER = 64;
    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int IOVEC_LENGTH = 8;
    private static final int IOVEC = 16;

    private final Memory memory;
    private final long base;

    Burst(byte[] packet) {
        int packetAt = MOST * HEADER + IOVEC;
        memory = new Memory(packetAt + packet.length);
        memory.clear();
        base = Pointer.nativeValue(memory);
        memory.write(packetAt, packet, 0, packet.length);
        memory.setLong((long) MOST * HEADER, base + packetAt);
        memory.setLong((long) MOST * HEADER + IOVEC_LENGTH, packet.length);
        for (int i = 0; i < MOST; i++) {
            memory.setLong((long) i * HEADER + VECTOR, base + (long) MOST * HEADER);
            memory.setLong((long) i * HEADER + VECTOR_COUNT, 1);
        }
    }

    /** Sends the packet so many times, and returns how often it left. */
    int send(UdpSocket socket, int count) {
        return Math.max(0, Calls.sendmmsg(socket.descriptor(), base, count, 0));
    }
}
