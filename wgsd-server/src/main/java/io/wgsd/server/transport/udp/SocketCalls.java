package io.wgsd.server.transport.udp;

import com.sun.jna.Native;

/**
 * Two functions of the C library that send and receive many datagrams at once, recvmmsg(2) and sendmmsg(2); -1 is a
 * failure, and {@link Native#getLastError} tells which. Loading this class needs JNA, native access and Linux.
 */
final class SocketCalls {

    static {
        Native.register(SocketCalls.class, "c");
    }

    private SocketCalls() {}

    static native int recvmmsg(int descriptor, long messages, int count, int flags, long timeout);

    static native int sendmmsg(int descriptor, long messages, int count, int flags);
}
