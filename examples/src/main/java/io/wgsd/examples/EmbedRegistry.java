package io.wgsd.examples;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.server.Registry;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.IOException;

/** Serves a device's peers in DNS until the enter key is pressed. */
public final class EmbedRegistry {

    private EmbedRegistry() {}

    /**
     * Runs a registry.
     *
     * @param arguments the device, the zone, and the address and port to listen at
     * @throws IOException if the address cannot be bound
     */
    public static void main(String[] arguments) throws IOException {
        ZoneOptions zone = ZoneOptions.builder(DnsSdNames.parse(arguments[1])).build();
        try (PeerSource wireGuard = PeerSources.open(PeerSourceOptions.defaults());
                Registry registry = Registry.builder(wireGuard, arguments[0], zone)
                        .listen(Endpoint.parse(arguments[2]).toSocketAddress())
                        .start()) {
            System.out.println("serving " + arguments[1] + " at " + registry.localAddresses());
            int pressed = System.in.read();
            System.out.println((pressed < 0 ? "no more input" : "done") + ": " + registry.stats());
        }
    }
}
