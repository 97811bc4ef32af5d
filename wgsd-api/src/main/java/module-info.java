/** The values, the peer-source SPI, the DNS-SD records and the discovery client of wgsd. */
@SuppressWarnings("module") // the modules to which it exports are compiled after it
module io.wgsd.api {
    requires org.apache.commons.codec;
    requires org.slf4j;
    requires transitive org.dnsjava;
    requires static transitive org.jspecify;

    exports io.wgsd.discovery;
    exports io.wgsd.model;
    exports io.wgsd.dnssd;
    exports io.wgsd.dnssd.push;
    exports io.wgsd.members;
    exports io.wgsd.spi;
    exports io.wgsd.internal to
            io.wgsd.backend.cli,
            io.wgsd.backend.netlink,
            io.wgsd.backend.uapi,
            io.wgsd.command,
            io.wgsd.portmap,
            io.wgsd.relay,
            io.wgsd.server,
            io.wgsd.testkit;
    exports io.wgsd.internal.file to
            io.wgsd.command,
            io.wgsd.portmap,
            io.wgsd.relay;
    exports io.wgsd.internal.tls to
            io.wgsd.command,
            io.wgsd.relay;

    uses io.wgsd.spi.HostNetwork;
    uses io.wgsd.spi.PeerSourceProvider;
}
