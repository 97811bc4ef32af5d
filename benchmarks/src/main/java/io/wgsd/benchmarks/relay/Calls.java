package io.wgsd.benchmarks.relay;

import com.sun.jna.Native;

/** The C library's functions on Linux; -1 is a failure, and {@link Native#getLastError} tells which. */
final class Calls {

    static {
        Native.register(Calls.class, "c");
    }

    private Calls() {}

    static native int open(String path, int flags);

    static native int setns(int descriptor, int kind);

    static native int socket(int domain, int type, int protocol);

    static native int bind(int descriptor, byte[] address, int length);

    static native int connect(int descriptor, byte[] address, int length);

    static native int setsockopt(int descriptor, int level, int option, byte[] value, int length);

    static native long send(int descriptor, byte[] message, long length, int flags);

    static native int sendmmsg(int descriptor, long messages, int count, int flags);

    static native long recvfrom(int descriptor, byte[] buffer, long length, int flags, byte[] address, int[] size);

    static native int close(int descriptor);
}
