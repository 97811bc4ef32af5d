/** The Linux kernel's WireGuard as a peer source, over generic netlink. */
module io.wgsd.backend.netlink {
    requires transitive io.wgsd.api;
    requires com.sun.jna;
    requires static org.jspecify;

    exports io.wgsd.backend.netlink;

    // JNA binds this package's native methods.
    opens io.wgsd.backend.netlink.transport to
            com.sun.jna;

    provides io.wgsd.spi.HostNetwork with
            io.wgsd.backend.netlink.LinuxHostNetwork;
    provides io.wgsd.spi.PeerSourceProvider with
            io.wgsd.backend.netlink.NetlinkPeerSourceProvider;
}
