/** Examples of embedding wgsd, and the {@code wgsd} command. */
@SuppressWarnings("requires-automatic") // nothing depends on this module, so nothing breaks if that one gets a name
module io.wgsd.examples {
    requires com.sun.jna;
    requires info.picocli;
    requires io.wgsd.api;
    requires io.wgsd.server;
    requires io.wgsd.testkit;
    requires java.net.http;
    requires jdk.unsupported;
    requires org.slf4j;
    requires org.tomlj;
    requires static org.jspecify;

    opens io.wgsd.examples.command to
            com.sun.jna,
            info.picocli;
}
