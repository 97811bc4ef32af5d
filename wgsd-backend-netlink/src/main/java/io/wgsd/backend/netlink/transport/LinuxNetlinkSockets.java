package io.wgsd.backend.netlink.transport;

import com.sun.jna.Memory;
import com.sun.jna.Native;

/** Netlink sockets of Linux, by JNA. */
public final class LinuxNetlinkSockets implements NetlinkSockets {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;

    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;

    /**
     * Loads the native code.
     *
     * @throws LinkageError if it does not load
     */
    public LinuxNetlinkSockets() {
        LibC.if_nametoindex("lo");
    }

    @Override
    public NetlinkSocket open(int protocol) throws ErrnoException {
        // It never blocks: waiting is poll's part, which has a deadline.
        int descriptor = LibC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
        if (descriptor < 0) {
            throw new ErrnoException("socket", Native.getLastError());
        }
        // A kernel that knows neither says less about errors; a little is lost, and nothing breaks.
        try (Memory on = new Memory(Integer.BYTES)) {
            on.setInt(0, 1);
            LibC.setsockopt(descriptor, SOL_NETLINK, NETLINK_EXT_ACK, on, Integer.BYTES);
            LibC.setsockopt(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, on, Integer.BYTES);
        }
        return new LinuxNetlinkSocket(descriptor);
    }

    @Override
    public int interfaceIndex(String name) {
        return LibC.if_nametoindex(name);
    }
}
