/** What a registry, a publisher, a relay and an agent count, as meters of Micrometer. */
@SuppressWarnings("module") // the module to which it exports is compiled after it
module io.wgsd.micrometer {
    requires transitive io.wgsd.api;
    // An application has those that it runs; the wgsd command needs no Micrometer.
    requires static transitive io.wgsd.relay;
    requires static transitive io.wgsd.server;
    requires static transitive micrometer.core;
    requires static transitive org.jspecify;

    exports io.wgsd.micrometer;
    exports io.wgsd.micrometer.families to
            io.wgsd.command;
}
