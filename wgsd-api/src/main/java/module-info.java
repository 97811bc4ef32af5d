/** The values, the peer-source SPI, the DNS-SD records and the discovery client of wgsd. */
module io.wgsd.api {
    requires org.apache.commons.codec;
    requires org.slf4j;
    requires transitive org.dnsjava;
    requires static transitive org.jspecify;

    exports io.wgsd.discovery;
    exports io.wgsd.model;
    exports io.wgsd.dnssd;
    exports io.wgsd.dnssd.push;
    exports io.wgsd.spi;

    uses io.wgsd.spi.PeerSourceProvider;
}
