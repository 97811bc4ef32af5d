/** Examples of embedding wgsd. */
module io.wgsd.examples {
    requires io.wgsd.api;
    requires io.wgsd.portmap;
    requires io.wgsd.server;
    requires java.net.http;
    requires static org.jspecify;
}
