/** The {@code wgsd} command; nothing of it is for other modules. */
@SuppressWarnings("requires-automatic") // nothing depends on this module, so nothing breaks if that one gets a name
module io.wgsd.command {
    requires com.sun.jna;
    requires info.picocli;
    requires io.nayuki.qrcodegen;
    requires io.wgsd.api;
    requires io.wgsd.micrometer;
    requires io.wgsd.portmap;
    requires io.wgsd.relay;
    requires io.wgsd.server;
    requires io.wgsd.testkit;
    requires jdk.httpserver;
    requires jdk.unsupported;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires org.tomlj;
    requires static org.jspecify;

    provides org.slf4j.spi.SLF4JServiceProvider with
            io.wgsd.command.log.LibraryLog;

    opens io.wgsd.command.host to
            com.sun.jna;
}
