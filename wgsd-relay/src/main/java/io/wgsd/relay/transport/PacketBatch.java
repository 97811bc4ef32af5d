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
 * Packets that are received with one system call and sent on with another (recvmmsg(2), sendmmsg(2)), out of the
 * memory in which they came.
 *
 * <p>The layout is that of the kernel's 64-bit systems (include/linux/socket.h). Not thread-safe.
 */
final class PacketBatch {

    /** How many packets go into one batch. */
    static final int SIZE = 64;

    private static final int MSG_DONTWAIT = 0x40;
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

    private static final int RECEIVED_AT = 0;
    private static final int SENT_AT = RECEIVED_AT + SIZE * HEADER;
    private static final int INPUT_VECTORS_AT = SENT_AT + SIZE * HEADER;
    private static final int OUTPUT_VECTORS_AT = INPUT_VECTORS_AT + SIZE * IOVEC;
    private static final int SOURCES_AT = OUTPUT_VECTORS_AT + SIZE * IOVEC;
    private static final int TARGETS_AT = SOURCES_AT + SIZE * ADDRESS;
    private static final int INPUT_AT = TARGETS_AT + SIZE * ADDRESS;
    private static final int TOTAL = INPUT_AT + SIZE * INPUT;

    private final Memory memory = new Memory(TOTAL);
    private final long base = Pointer.nativeValue(memory);
    private final ByteBuffer bytes = memory.getByteBuffer(0, TOTAL).order(ByteOrder.LITTLE_ENDIAN);
    private int received;
    private int toSend;

    PacketBatch() {
        // The rest, which is large, is touched only as far as packets reach.
        memory.clear(INPUT_AT);
        for (int i = 0; i < SIZE; i++) {
            header(RECEIVED_AT, i, SOURCES_AT, INPUT_VECTORS_AT);
            header(SENT_AT, i, TARGETS_AT, OUTPUT_VECTORS_AT);
            bytes.putLong(INPUT_VECTORS_AT + i * IOVEC, base + INPUT_AT + (long) i * INPUT);
            bytes.putLong(INPUT_VECTORS_AT + i * IOVEC + IOVEC_LENGTH, MOST);
            bytes.putShort(TARGETS_AT + i * ADDRESS, (short) NativeSocket.AF_INET6);
        }
    }

    /** Returns whether this system's layout is the one that is written here; needs JNA and native access. */
    static boolean fits() {
        return Native.POINTER_SIZE == Long.BYTES
                && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                && SocketCalls.sendmmsg(-1, 0, 0, 0) < 0
                && Native.getLastError() == EBADF;
    }

    private void header(int headers, int i, int addresses, int vectors) {
        int at = headers + i * HEADER;
        bytes.putLong(at + NAME, base + addresses + (long) i * ADDRESS);
        bytes.putInt(at + NAME_LENGTH, NativeSocket.ADDRESS_LENGTH);
        bytes.putLong(at + VECTOR, base + vectors + (long) i * IOVEC);
        bytes.putLong(at + VECTOR_COUNT, 1);
    }

    /**
     * Waits for packets, for as long as the socket does, and takes those that have come.
     *
     * @return how many have come; none where the wait was over
     */
    int receive(int descriptor) throws IOException {
        // The kernel has written how long each address was.
        for (int i = 0; i < received; i++) {
            bytes.putInt(RECEIVED_AT + i * HEADER + NAME_LENGTH, NativeSocket.ADDRESS_LENGTH);
        }
        toSend = 0;
        received = Math.max(0, SocketCalls.recvmmsg(descriptor, base + RECEIVED_AT, SIZE, MSG_WAITFORONE, 0));
        if (received == 0) {
            int error = Native.getLastError();
            if (error != EAGAIN && error != EINTR) {
                throw new SocketException("recvmmsg: errno " + error);
            }
        }
        return received;
    }

    int length(int i) {
        return bytes.getInt(RECEIVED_AT + i * HEADER + TRANSFERRED);
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
        int target = TARGETS_AT + toSend * ADDRESS;
        bytes.putShort(target + NativeSocket.PORT_AT, Short.reverseBytes((short) to.rest()));
        bytes.putLong(target + NativeSocket.HIGH_AT, Long.reverseBytes(to.high()));
        bytes.putLong(target + NativeSocket.LOW_AT, Long.reverseBytes(to.low()));
        bytes.putInt(target + NativeSocket.SCOPE_AT, (int) (to.rest() >>> Integer.SIZE));
        int vector = OUTPUT_VECTORS_AT + toSend * IOVEC;
        bytes.putLong(vector, base + INPUT_AT + (long) i * INPUT);
        bytes.putLong(vector + IOVEC_LENGTH, length(i));
        toSend++;
    }

    /**
     * Sends the batch; a full buffer or no route concerns a packet, not the socket.
     *
     * @return how many could not be sent
     */
    int send(int descriptor) {
        int failed = 0;
        for (int sent = 0; sent < toSend; ) {
            int more = SocketCalls.sendmmsg(
                    descriptor, base + SENT_AT + (long) sent * HEADER, toSend - sent, MSG_DONTWAIT);
            if (more > 0) {
                sent += more;
            } else if (Native.getLastError() != EINTR) {
                sent++;
                failed++;
            }
        }
        return failed;
    }
}
