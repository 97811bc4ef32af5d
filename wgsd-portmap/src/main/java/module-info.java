/** Port mapping: has a router forward a UDP port to this host, by PCP, NAT-PMP or UPnP. */
module io.wgsd.portmap {
    requires transitive io.wgsd.api;
    requires java.xml;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.wgsd.portmap;
}
