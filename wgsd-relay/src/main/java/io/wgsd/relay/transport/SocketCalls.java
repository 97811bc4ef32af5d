package io.wgsd.relay.transport;

import com.sun.jna.Native;

/**
 * The C library's functions for sockets; -1 is a failure, and {@link Native#getLastError} tells which. Loading this
 * class needs JNA, native access and Linux.
 */
final class SocketCalls {

    static {
        Native.register(SocketCalls.class, "c");
    }

    private SocketCalls() {}

    static native int socket(int domain, int type, int protocol);

    static native int bind(int descriptor, byte[] address, int length);

    static native int getsockname(int descriptor, byte[] address, int[] length);

    static native int setsockopt(int descriptor, int level, int option, byte[] value, int length);

    static native int recvmmsg(int descriptor, long messages, int count, int flags, long timeout);

    static native int sendmmsg(int descriptor, long messages, int count, int flags);

    static native long sendto(
            int descriptor, byte[] message, long length, int flags, byte[] address, int addressLength);

    static native int close(int descriptor);
}
