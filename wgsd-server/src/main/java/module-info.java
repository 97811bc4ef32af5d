/** The registry: an authoritative DNS server, to embed, for the endpoints of WireGuard peers. */
module io.wgsd.server {
    requires transitive io.wgsd.api;
    requires org.dnsjava;
    requires org.slf4j;
    requires static transitive org.jspecify;
}
