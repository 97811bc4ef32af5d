package io.wgsd.benchmarks.relay;

import com.sun.jna.Native;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A UDP socket of IPv4, whose calls cost as little as they can from here. */
final class UdpSocket implements AutoCloseable {

    // include/linux/socket.h, include/uapi/asm-generic/socket.h
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVTIMEO = 20;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int BUFFER = 4 << 20;
    private static final int ADDRESS = 16;
    private static final int PORT_AT = 2;
    private static final int HOST_AT = 4;
    private static final int MOST = 2048;

    private final int descriptor;
    private final byte[] buffer = new byte[MOST];
    private final byte[] from = new byte[ADDRESS];

    private UdpSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens one in the calling thread's namespace; port 0 is any. */
    static UdpSocket open(InetSocketAddress local, int timeoutMillis) throws IOException {
        UdpSocket socket = new UdpSocket(check("socket", Calls.socket(AF_INET, SOCK_DGRAM, 0)));
        socket.option(SO_SNDBUF, ints(BUFFER));
        socket.option(SO_RCVBUF, ints(BUFFER));
        socket.option(
                SO_RCVTIMEO,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(timeoutMillis / 1000)
                        .putLong(timeoutMillis % 1000 * 1000L)
                        .array());
        check("bind", Calls.bind(socket.descriptor, bytes(local), ADDRESS));
        return socket;
    }

    UdpSocket connect(InetSocketAddress remote) throws IOException {
        check("connect", Calls.connect(descriptor, bytes(remote), ADDRESS));
        return this;
    }

    int descriptor() {
        return descriptor;
    }

    void send(byte[] message) {
        Calls.send(descriptor, message, message.length, 0);
    }

    /** Has longer messages cut into packets of this length by the system (UDP_SEGMENT). */
    void cutAt(int length) throws IOException {
        byte[] value = ints(length);
        check("setsockopt", Calls.setsockopt(descriptor, SOL_UDP, UDP_SEGMENT, value, value.length));
    }

    /** Waits for a message of this length, or of any where that is 0. */
    byte[] await(int length) throws IOException {
        int received = receive();
        while (length != 0 && received >= 0 && received != length) {
            received = receive();
        }
        if (received < 0) {
            throw new IOException("no message of " + length + " bytes came");
        }
        return Arrays.copyOf(buffer, received);
    }

    /** Waits for a message and returns its length, -1 where none came in time; it stays until the next one. */
    int receive() {
        return (int) Calls.recvfrom(descriptor, buffer, MOST, 0, from, new int[] {ADDRESS});
    }

    byte[] buffer() {
        return buffer;
    }

    @Override
    public void close() {
        Calls.close(descriptor);
    }

    private void option(int option, byte[] value) throws IOException {
        check("setsockopt", Calls.setsockopt(descriptor, SOL_SOCKET, option, value, value.length));
    }

    private static byte[] ints(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] bytes(InetSocketAddress address) {
        ByteBuffer bytes = ByteBuffer.allocate(ADDRESS).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) AF_INET).order(ByteOrder.BIG_ENDIAN);
        bytes.putShort(PORT_AT, (short) address.getPort());
        bytes.put(HOST_AT, address.getAddress().getAddress());
        return bytes.array();
    }

    private static int check(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": errno " + Native.getLastError());
        }
        return result;
    }
}
