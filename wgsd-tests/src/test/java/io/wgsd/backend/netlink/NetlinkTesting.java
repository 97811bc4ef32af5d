package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.transport.NetlinkSockets;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;

/**
 * Opens the netlink backend over sockets of a test's, which users cannot: it is in the backend's package for that
 * alone.
 */
public final class NetlinkTesting {

    private NetlinkTesting() {}

    public static NetlinkSockets systemSockets() {
        return NativeAccess.here()
                .sockets()
                .orElseThrow(() -> new AssertionError(NativeAccess.here().finding()));
    }

    public static PeerSource open(NetlinkSockets sockets, PeerSourceOptions options) {
        return new NetlinkPeerSource(sockets, System.getProperty("os.version"), options.timeout());
    }
}
