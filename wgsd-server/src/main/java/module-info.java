/**
 * The registry: an authoritative DNS server, to embed, for the endpoints of WireGuard peers, and their publishing into
 * zones of other servers.
 */
module io.wgsd.server {
    requires transitive io.wgsd.api;
    requires org.dnsjava;
    requires org.slf4j;
    // Only to bind sockets to interfaces, and for many datagrams at once, on Linux; the registry runs without.
    requires static com.sun.jna;
    requires static transitive org.jspecify;

    exports io.wgsd.publish;
    exports io.wgsd.server;

    // JNA binds this package's native methods.
    opens io.wgsd.server.transport.udp to
            com.sun.jna;
}
