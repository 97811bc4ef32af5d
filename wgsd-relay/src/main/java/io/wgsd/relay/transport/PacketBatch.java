package io.wgsd.relay.transport;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.wgsd.relay.roster.Source;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Packets that are received with one system call (recvmmsg(2)), and sent on out of the memory in which they came.
 *
 * <p>The layout is that of the kernel's 64-bit systems (include/linux/socket.h). Not thread-safe.
 */
final class PacketBatch {

    /** How many packets go into one batch; of many, more are for the same target, and are sent together. */
    static final int SIZE = 256;

    private static final int MSG_WAITFORONE = 0x10000;
    private static final int EINTR = 4;
    private static final int EBADF = 9;
    private static final int EAGAIN = 11;

    // struct mmsghdr, whose first part is struct user_msghdr, and struct iovec
    private static final int HEADER = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int TRANSFERRED = 56;
    private static final int IOVEC = 16;
    private static final int IOVEC_LENGTH = 8;
    private static final int ADDRESS = 32;

    private static final int MOST = 65_535;
    /** A distance that is no power of two, so that the packets' beginnings do not share a few cache lines. */
    private static final int INPUT = MOST + 1 + 192;

    private static final int VECTORS_AT = SIZE * HEADER;
    private static final int SOURCES_AT = VECTORS_AT + SIZE * IOVEC;
    private static final int INPUT_AT = SOURCES_AT + SIZE * ADDRESS;
    private static final int TOTAL = INPUT_AT + SIZE * INPUT;

    private final Memory memory = new Memory(TOTAL);
    private final long base = Pointer.nativeValue(memory);
    private final ByteBuffer bytes = memory.getByteBuffer(0, TOTAL).order(ByteOrder.LITTLE_ENDIAN);
    private final SendBatch out = new SendBatch(SIZE);
    private int received;

    PacketBatch() {
        // The rest, which is large, is touched only as far as packets reach.
        memory.clear(INPUT_AT);
        for (int i = 0; i < SIZE; i++) {
            int at = i * HEADER;
            bytes.putLong(at + NAME, base + SOURCES_AT + (long) i * ADDRESS);
            bytes.putInt(at + NAME_LENGTH, NativeSocket.ADDRESS_LENGTH);
            bytes.putLong(at + VECTOR, base + VECTORS_AT + (long) i * IOVEC);
            bytes.putLong(at + VECTOR_COUNT, 1);
            bytes.putLong(VECTORS_AT + i * IOVEC, base + INPUT_AT + (long) i * INPUT);
            bytes.putLong(VECTORS_AT + i * IOVEC + IOVEC_LENGTH, MOST);
        }
    }

    /** Returns whether this system's layout is the one that is written here; needs JNA and native access. */
    static boolean fits() {
        return Native.POINTER_SIZE == Long.BYTES
                && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                && SocketCalls.sendmmsg(-1, 0, 0, 0) < 0
                && Native.getLastError() == EBADF;
    }

    /**
     * Waits for packets, for as long as the socket does, and takes those that have come.
     *
     * @return how many have come; none where the wait was over
     */
    int receive(int descriptor) throws IOException {
        // The kernel has written how long each address was.
        for (int i = 0; i < received; i++) {
            bytes.putInt(i * HEADER + NAME_LENGTH, NativeSocket.ADDRESS_LENGTH);
        }
        received = Math.max(0, SocketCalls.recvmmsg(descriptor, base, SIZE, MSG_WAITFORONE, 0));
        if (received == 0) {
            int error = Native.getLastError();
            if (error != EAGAIN && error != EINTR) {
                throw new SocketException("recvmmsg: errno " + error);
            }
        }
        return received;
    }

    int length(int i) {
        return bytes.getInt(i * HEADER + TRANSFERRED);
    }

    /** Returns a packet's first or second four bytes, with arbitrary bytes if it is shorter. */
    int word(int i, int at) {
        return bytes.getInt(INPUT_AT + i * INPUT + at);
    }

    byte[] copy(int i) {
        byte[] copy = new byte[length(i)];
        bytes.get(INPUT_AT + i * INPUT, copy);
        return copy;
    }

    /** Returns the upper half of a packet's source address. */
    long high(int i) {
        return Long.reverseBytes(bytes.getLong(SOURCES_AT + i * ADDRESS + NativeSocket.HIGH_AT));
    }

    long low(int i) {
        return Long.reverseBytes(bytes.getLong(SOURCES_AT + i * ADDRESS + NativeSocket.LOW_AT));
    }

    int port(int i) {
        return Short.reverseBytes(bytes.getShort(SOURCES_AT + i * ADDRESS + NativeSocket.PORT_AT)) & 0xffff;
    }

    int scope(int i) {
        return bytes.getInt(SOURCES_AT + i * ADDRESS + NativeSocket.SCOPE_AT);
    }

    /** Puts a packet into the batch that is sent next. */
    void forward(int i, Source to) {
        out.add(base + INPUT_AT + (long) i * INPUT, length(i), to);
    }

    /**
     * Sends the batch; a full buffer or no route concerns a packet, not the socket.
     *
     * @return how many could not be sent
     */
    int send(int descriptor) {
        return out.send(descriptor);
    }
}
