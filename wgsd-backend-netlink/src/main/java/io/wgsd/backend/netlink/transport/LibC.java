package io.wgsd.backend.netlink.transport;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/**
 * The system calls that a netlink socket takes, bound directly. Each returns -1 where it fails; {@link
 * Native#getLastError()} then says why, until the thread's next native call. Loading this class needs JNA and native
 * access.
 */
final class LibC {

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native int socket(int domain, int type, int protocol);

    static native int setsockopt(int descriptor, int level, int name, Pointer value, int length);

    static native NativeLong send(int descriptor, Pointer bytes, NativeLong length, int flags);

    static native NativeLong recvfrom(
            int descriptor, Pointer bytes, NativeLong length, int flags, Pointer sender, Pointer senderLength);

    static native int bind(int descriptor, Pointer address, int length);

    static native int eventfd(int count, int flags);

    static native NativeLong write(int descriptor, Pointer bytes, NativeLong length);

    static native int poll(Pointer descriptors, NativeLong count, int milliseconds);

    static native int close(int descriptor);

    /** Returns 0 where there is no interface of that name. */
    static native int if_nametoindex(String name);
}
