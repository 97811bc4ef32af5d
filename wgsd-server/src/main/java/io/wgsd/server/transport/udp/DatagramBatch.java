package io.wgsd.server.transport.udp;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.wgsd.server.answer.wire.WireFormat;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams that are received with one system call and answered with another (recvmmsg(2), sendmmsg(2)), in memory that
 * is laid out once.
 *
 * <p>The layout is that of the kernel's 64-bit systems (include/linux/socket.h). Not thread-safe.
 */
final class DatagramBatch {

    /** How many datagrams go into one batch. */
    static final int SIZE = 64;

    private static final Logger LOG = LoggerFactory.getLogger(DatagramBatch.class);

    private static final int MSG_DONTWAIT = 0x40;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
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

    /** Room for a sockaddr_in6, and a multiple of the size of longs. */
    private static final int ADDRESS = 32;

    private static final int ADDRESS_LENGTH = 28;
    private static final int PORT_AT = 2;
    private static final int IPV4_AT = 4;
    private static final int IPV6_AT = 8;

    /**
     * Distances that are no powers of two, so that what is at the beginning of each does not share a few cache lines.
     */
    private static final int INPUT = UdpSocket.LONGEST_DATAGRAM + 1 + 192;

    private static final int OUTPUT = WireFormat.MAX_UDP_RESPONSE + 48;

    private static final int RECEIVED_AT = 0;
    private static final int SENT_AT = RECEIVED_AT + SIZE * HEADER;
    private static final int INPUT_VECTORS_AT = SENT_AT + SIZE * HEADER;
    private static final int OUTPUT_VECTORS_AT = INPUT_VECTORS_AT + SIZE * IOVEC;
    private static final int ADDRESSES_AT = OUTPUT_VECTORS_AT + SIZE * IOVEC;
    private static final int OUTPUT_AT = ADDRESSES_AT + SIZE * ADDRESS;
    private static final int INPUT_AT = OUTPUT_AT + SIZE * OUTPUT;
    private static final int TOTAL = INPUT_AT + SIZE * INPUT;

    private final Memory memory = new Memory(TOTAL);
    private final long base = Pointer.nativeValue(memory);
    private final ByteBuffer bytes = memory.getByteBuffer(0, TOTAL).order(ByteOrder.nativeOrder());
    private int toSend;

    DatagramBatch() {
        // The rest, which is large, is touched only as far as datagrams reach.
        memory.clear(ADDRESSES_AT);
        for (int i = 0; i < SIZE; i++) {
            header(RECEIVED_AT, INPUT_VECTORS_AT, i);
            vector(INPUT_VECTORS_AT, INPUT_AT, INPUT, i, UdpSocket.LONGEST_DATAGRAM);
            header(SENT_AT, OUTPUT_VECTORS_AT, i);
            vector(OUTPUT_VECTORS_AT, OUTPUT_AT, OUTPUT, i, 0);
            bytes.putLong(RECEIVED_AT + i * HEADER + NAME, base + ADDRESSES_AT + (long) i * ADDRESS);
            bytes.putInt(RECEIVED_AT + i * HEADER + NAME_LENGTH, ADDRESS_LENGTH);
        }
    }

    /** Returns whether this system's layout is the one that is written here; needs JNA and native access. */
    static boolean fits() {
        return Native.POINTER_SIZE == Long.BYTES
                && SocketCalls.sendmmsg(-1, 0, 0, 0) < 0
                && Native.getLastError() == EBADF;
    }

    private void header(int headers, int vectors, int i) {
        bytes.putLong(headers + i * HEADER + VECTOR, base + vectors + (long) i * IOVEC);
        bytes.putLong(headers + i * HEADER + VECTOR_COUNT, 1);
    }

    private void vector(int vectors, int data, int distance, int i, int length) {
        bytes.putLong(vectors + i * IOVEC, base + data + (long) i * distance);
        bytes.putLong(vectors + i * IOVEC + IOVEC_LENGTH, length);
    }

    /**
     * Takes what has come, without waiting, and forgets what was not sent.
     *
     * @return how many datagrams have come, at most {@link #SIZE}
     */
    int receive(int descriptor) throws IOException {
        toSend = 0;
        int received = SocketCalls.recvmmsg(descriptor, base + RECEIVED_AT, SIZE, MSG_DONTWAIT, 0);
        if (received >= 0) {
            return received;
        }
        int error = Native.getLastError();
        if (error == EBADF) {
            throw new SocketException("the socket is closed");
        }
        if (error != EAGAIN && error != EINTR) {
            LOG.debug("recvmmsg: errno {}", error);
        }
        return 0;
    }

    /** Copies a datagram that has come, and returns its length. */
    int read(int i, byte[] message) {
        int length = bytes.getInt(RECEIVED_AT + i * HEADER + TRANSFERRED);
        bytes.get(INPUT_AT + i * INPUT, message, 0, length);
        return length;
    }

    /** Copies how a datagram begins, and what is behind it where it is shorter. */
    void readHead(int i, byte[] head) {
        bytes.get(INPUT_AT + i * INPUT, head);
    }

    /** Returns the upper half of a datagram's source address, an IPv4 address as an IPv4-mapped one. */
    long high(int i) {
        int at = ADDRESSES_AT + i * ADDRESS;
        return isIpv6(at) ? bigEndian(bytes.getLong(at + IPV6_AT)) : 0;
    }

    /** Returns the lower half. */
    long low(int i) {
        int at = ADDRESSES_AT + i * ADDRESS;
        return isIpv6(at)
                ? bigEndian(bytes.getLong(at + IPV6_AT + Long.BYTES))
                : UdpSocket.mapped(bigEndian(bytes.getInt(at + IPV4_AT)));
    }

    /** Returns whether a datagram can be answered: it has a source that is an IP address, and a port. */
    boolean hasSource(int i) {
        int at = ADDRESSES_AT + i * ADDRESS;
        return (bytes.getShort(at) == AF_INET || isIpv6(at)) && bytes.getShort(at + PORT_AT) != 0;
    }

    /** Puts an answer to a datagram into the batch that is sent next. */
    void answer(int i, byte[] response, int length) {
        int header = SENT_AT + toSend * HEADER;
        int from = RECEIVED_AT + i * HEADER;
        bytes.putLong(header + NAME, bytes.getLong(from + NAME));
        bytes.putInt(header + NAME_LENGTH, bytes.getInt(from + NAME_LENGTH));
        bytes.putLong(OUTPUT_VECTORS_AT + toSend * IOVEC + IOVEC_LENGTH, length);
        bytes.put(OUTPUT_AT + toSend * OUTPUT, response, 0, length);
        toSend++;
    }

    /**
     * Sends all answers, or forgets those that cannot be: a full buffer or a firewall concerns this datagram, not the
     * socket.
     */
    void send(int descriptor, int received) {
        for (int sent = 0; sent < toSend; ) {
            int more = SocketCalls.sendmmsg(
                    descriptor, base + SENT_AT + (long) sent * HEADER, toSend - sent, MSG_DONTWAIT);
            if (more > 0) {
                sent += more;
            } else if (Native.getLastError() != EINTR) {
                LOG.debug("sendmmsg: errno {}", Native.getLastError());
                sent++;
            }
        }
        // The kernel has written how long each address was.
        for (int i = 0; i < received; i++) {
            bytes.putInt(RECEIVED_AT + i * HEADER + NAME_LENGTH, ADDRESS_LENGTH);
        }
    }

    private boolean isIpv6(int address) {
        return bytes.getShort(address) == AF_INET6;
    }

    private static long bigEndian(long native64) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? native64 : Long.reverseBytes(native64);
    }

    private static int bigEndian(int native32) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? native32 : Integer.reverseBytes(native32);
    }
}
