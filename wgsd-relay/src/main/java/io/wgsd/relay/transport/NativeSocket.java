package io.wgsd.relay.transport;

import com.sun.jna.Native;
import io.wgsd.relay.roster.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A socket of both families, opened by the C library on Linux: IPv4 addresses are IPv4-mapped ones.
 *
 * <p>Path MTU discovery is off: with it, a forged ICMP message could make its packets shorter, or lose them.
 * {@link #send} and {@link #close} are thread-safe.
 */
final class NativeSocket {

    // include/linux/socket.h, include/uapi/asm-generic/socket.h, include/uapi/linux/in.h and in6.h
    static final int AF_INET6 = 10;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVTIMEO = 20;
    private static final int IPPROTO_IP = 0;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_V6ONLY = 26;
    /** Ignores the path's MTU, and cuts what passes the interface's. */
    private static final int PMTUDISC_OMIT = 5;

    // struct sockaddr_in6
    static final int ADDRESS_LENGTH = 28;
    static final int PORT_AT = 2;
    static final int HIGH_AT = 8;
    static final int LOW_AT = 16;
    static final int SCOPE_AT = 24;

    private static final int EADDRINUSE = 98;
    private static final int EADDRNOTAVAIL = 99;
    private static final int EACCES = 13;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int WAIT_MICROS = 100_000;
    private static final int ADDRESS_BYTES = 16;
    private static final int UNSIGNED_SHORT = 0xffff;

    private int descriptor;

    private NativeSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Returns whether this host has such sockets: one without IPv6 has none. */
    static boolean possible() {
        int descriptor = SocketCalls.socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        return descriptor >= 0 && SocketCalls.close(descriptor) == 0;
    }

    /** Opens and binds one. */
    static NativeSocket open(InetSocketAddress address) throws IOException {
        int descriptor = SocketCalls.socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (descriptor < 0) {
            throw failure("socket");
        }
        NativeSocket socket = new NativeSocket(descriptor);
        try {
            socket.set(SOL_SOCKET, SO_RCVBUF, Sockets.BUFFER);
            socket.set(SOL_SOCKET, SO_SNDBUF, Sockets.BUFFER);
            socket.set(IPPROTO_IPV6, IPV6_V6ONLY, 0);
            socket.set(IPPROTO_IP, IP_MTU_DISCOVER, PMTUDISC_OMIT);
            socket.set(IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_OMIT);
            socket.option(
                    SOL_SOCKET,
                    SO_RCVTIMEO,
                    nativeOrder(16).putLong(0).putLong(WAIT_MICROS).array());
            byte[] name = address(Source.of(address, 0));
            if (SocketCalls.bind(descriptor, name, name.length) < 0) {
                throw failure("bind");
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    int descriptor() {
        return descriptor;
    }

    InetSocketAddress address() throws IOException {
        byte[] name = new byte[ADDRESS_LENGTH];
        if (SocketCalls.getsockname(descriptor, name, new int[] {name.length}) < 0) {
            throw failure("getsockname");
        }
        ByteBuffer bytes = ByteBuffer.wrap(name);
        return new InetSocketAddress(
                InetAddress.getByAddress(Arrays.copyOfRange(name, HIGH_AT, HIGH_AT + ADDRESS_BYTES)),
                bytes.getShort(PORT_AT) & UNSIGNED_SHORT);
    }

    synchronized boolean send(byte[] message, Source to) {
        if (descriptor < 0) {
            return false;
        }
        byte[] name = address(to);
        return SocketCalls.sendto(descriptor, message, message.length, MSG_DONTWAIT, name, name.length) >= 0;
    }

    /** Closes it, after which its number may be another's; so nothing uses the number any more. */
    synchronized void close() {
        if (descriptor >= 0) {
            SocketCalls.close(descriptor);
            descriptor = -1;
        }
    }

    private void set(int level, int option, int value) throws IOException {
        option(level, option, nativeOrder(Integer.BYTES).putInt(value).array());
    }

    private void option(int level, int option, byte[] value) throws IOException {
        if (SocketCalls.setsockopt(descriptor, level, option, value, value.length) < 0) {
            throw failure("setsockopt " + level + " " + option);
        }
    }

    private static byte[] address(Source source) {
        return nativeOrder(ADDRESS_LENGTH)
                .putShort((short) AF_INET6)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) source.rest())
                .putInt(0)
                .putLong(source.high())
                .putLong(source.low())
                .order(ByteOrder.nativeOrder())
                .putInt((int) (source.rest() >>> Integer.SIZE))
                .array();
    }

    private static ByteBuffer nativeOrder(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }

    private static SocketException failure(String call) {
        int error = Native.getLastError();
        return new SocketException(
                switch (error) {
                    case EADDRINUSE -> "Address already in use";
                    case EADDRNOTAVAIL -> "Cannot assign requested address";
                    case EACCES -> "Permission denied";
                    default -> call + ": errno " + error;
                });
    }
}
