/** The relay: forwards WireGuard's packets between peers that cannot reach each other, unread. */
module io.wgsd.relay {
    requires transitive io.wgsd.api;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    // Only for many packets at once, on Linux; the relay runs without.
    requires static com.sun.jna;
    requires static transitive org.jspecify;

    exports io.wgsd.relay;

    // JNA binds this package's native methods.
    opens io.wgsd.relay.transport to
            com.sun.jna;
}
