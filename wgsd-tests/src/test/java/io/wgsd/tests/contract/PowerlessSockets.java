package io.wgsd.tests.contract;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import io.wgsd.backend.netlink.transport.NetlinkSocket;
import io.wgsd.backend.netlink.transport.NetlinkSockets;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Netlink sockets of a user without capabilities: the kernel asks for those that a socket was opened with, too
 * (net/netlink/ af_netlink.c, netlink_ns_capable), and Linux keeps capabilities for each thread.
 */
final class PowerlessSockets implements NetlinkSockets {

    /** _LINUX_CAPABILITY_VERSION_3 of include/uapi/linux/capability.h. */
    private static final int VERSION_3 = 0x20080522;

    private final NetlinkSockets real;

    PowerlessSockets(NetlinkSockets real) {
        this.real = real;
    }

    @Override
    public NetlinkSocket open(int protocol) throws IOException {
        FutureTask<NetlinkSocket> opening = new FutureTask<>(() -> {
            dropCapabilities();
            return real.open(protocol);
        });
        new Thread(opening, "powerless").start();
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public int interfaceIndex(String name) {
        return real.interfaceIndex(name);
    }

    private static void dropCapabilities() throws IOException {
        // struct __user_cap_header_struct, and two of struct __user_cap_data_struct.
        try (Memory header = new Memory(8);
                Memory none = new Memory(24)) {
            header.setInt(0, VERSION_3);
            header.setInt(4, 0);
            none.clear();
            if (NativeLibrary.getInstance("c").getFunction("capset").invokeInt(new Object[] {header, none}) != 0) {
                throw new IOException("capset failed");
            }
        }
    }
}
