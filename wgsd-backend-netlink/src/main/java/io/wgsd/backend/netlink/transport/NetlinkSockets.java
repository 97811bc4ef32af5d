package io.wgsd.backend.netlink.transport;

import java.io.IOException;

/** Opens netlink sockets; safe for concurrent use. */
public interface NetlinkSockets {

    /** NETLINK_ROUTE of include/uapi/linux/netlink.h. */
    int ROUTE = 0;

    /** NETLINK_GENERIC. */
    int GENERIC = 16;

    /**
     * Opens a socket in the network namespace of the calling thread.
     *
     * @param protocol {@link #ROUTE} or {@link #GENERIC}
     * @return a socket, which the caller closes
     * @throws ErrnoException if the system refuses
     */
    NetlinkSocket open(int protocol) throws IOException;

    /**
     * Returns the index of a network interface.
     *
     * @param name the interface's name
     * @return 0 where there is none of that name
     */
    int interfaceIndex(String name);
}
