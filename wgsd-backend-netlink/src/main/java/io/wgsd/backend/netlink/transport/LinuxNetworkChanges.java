package io.wgsd.backend.netlink.transport;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.wgsd.internal.Errno;
import io.wgsd.spi.NetworkChanges;
import java.io.IOException;
import java.time.Duration;

/**
 * A netlink socket that has joined the kernel's groups for links, addresses, routes and rules. Whatever comes is a
 * change; what it says is not read.
 *
 * <p>A descriptor of an event ends the wait, since closing the socket would not. Only the thread that waits frees them,
 * or who closes while nobody waits. Thread-safe.
 */
public final class LinuxNetworkChanges implements NetworkChanges {

    /** RTMGRP_LINK, _IPV4_IFADDR, _IPV4_ROUTE, _IPV4_RULE, _IPV6_IFADDR, _IPV6_ROUTE, and RTNLGRP_IPV6_RULE's bit. */
    private static final int GROUPS = 1 | 0x10 | 0x40 | 0x80 | 0x100 | 0x400 | (1 << 18);

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short POLLIN = 1;

    /** The length of struct sockaddr_nl: u16 family, u16 padding, u32 port, u32 groups. */
    private static final int SOCKADDR_NL = 12;

    private static final int SOCKADDR_GROUPS = 8;

    /** The length of struct pollfd: int descriptor, short wanted, short found. */
    private static final int POLLFD = 8;

    private static final int POLLFD_FOUND = 6;

    /** So that many changes at once come to an end. */
    private static final int MOST_AT_ONCE = 10_000;

    private static final Duration LONGEST = Duration.ofDays(1);

    private final int socket;
    private final int event;
    private final Memory descriptors = new Memory(2L * POLLFD);
    private final Memory bytes = new Memory(Long.BYTES);
    private boolean waiting;
    private boolean closed;

    private LinuxNetworkChanges(int socket, int event) {
        this.socket = socket;
        this.event = event;
        descriptors.clear();
        descriptors.setInt(0, socket);
        descriptors.setShort(4, POLLIN);
        descriptors.setInt(POLLFD, event);
        descriptors.setShort(POLLFD + 4L, POLLIN);
    }

    /**
     * Joins the groups, which any user may, in the network namespace of the calling thread.
     *
     * @return what the caller closes
     * @throws ErrnoException if the system refuses
     */
    public static LinuxNetworkChanges open() throws ErrnoException {
        int socket = LibC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NetlinkSockets.ROUTE);
        if (socket < 0) {
            throw new ErrnoException("socket", Native.getLastError());
        }
        try (Memory address = new Memory(SOCKADDR_NL)) {
            address.clear();
            address.setShort(0, (short) AF_NETLINK);
            address.setInt(SOCKADDR_GROUPS, GROUPS);
            if (LibC.bind(socket, address, SOCKADDR_NL) < 0) {
                throw closing(socket, "bind");
            }
        }
        int event = LibC.eventfd(0, EFD_CLOEXEC);
        if (event < 0) {
            throw closing(socket, "eventfd");
        }
        return new LinuxNetworkChanges(socket, event);
    }

    @Override
    public boolean await(Duration atMost) throws IOException {
        synchronized (this) {
            if (closed || waiting) {
                return false;
            }
            waiting = true;
        }
        try {
            Duration limit = atMost.compareTo(LONGEST) < 0 ? atMost : LONGEST;
            int millis = (int) limit.plusNanos(999_999).toMillis();
            if (LibC.poll(descriptors, new NativeLong(2), millis) < 0) {
                int errno = Native.getLastError();
                if (errno == Errno.EINTR) {
                    return false;
                }
                throw new ErrnoException("poll", errno);
            }
            return descriptors.getShort(POLLFD_FOUND) != 0 && drain();
        } finally {
            synchronized (this) {
                waiting = false;
                if (closed) {
                    free();
                }
            }
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (waiting) {
            try (Memory one = new Memory(Long.BYTES)) {
                one.setLong(0, 1);
                LibC.write(event, one, new NativeLong(Long.BYTES));
            }
        } else {
            free();
        }
    }

    /**
     * Takes what has come; where too much came for the socket to hold (ENOBUFS), it is still known that something did.
     */
    private boolean drain() throws ErrnoException {
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            int flags = MSG_DONTWAIT | MSG_TRUNC;
            int length = LibC.recvfrom(socket, bytes, new NativeLong(Long.BYTES), flags, Pointer.NULL, Pointer.NULL)
                    .intValue();
            if (length < 0) {
                int errno = Native.getLastError();
                if (errno == Errno.EAGAIN) {
                    return true;
                }
                if (errno != Errno.ENOBUFS && errno != Errno.EINTR) {
                    throw new ErrnoException("recv", errno);
                }
            }
        }
        return true;
    }

    private void free() {
        LibC.close(socket);
        LibC.close(event);
        descriptors.close();
        bytes.close();
    }

    private static ErrnoException closing(int socket, String call) {
        ErrnoException failure = new ErrnoException(call, Native.getLastError());
        LibC.close(socket);
        return failure;
    }
}
