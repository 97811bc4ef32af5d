/** The relay: forwards WireGuard's packets between peers that cannot reach each other, unread. */
module io.wgsd.relay {
    requires transitive io.wgsd.api;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.wgsd.relay;
}
