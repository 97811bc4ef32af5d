/** Examples of embedding wgsd, and the {@code wgsd} command. */
module io.wgsd.examples {
    requires info.picocli;
    requires io.wgsd.api;
    requires io.wgsd.server;
    requires io.wgsd.testkit;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    opens io.wgsd.examples.command to
            info.picocli;
}
