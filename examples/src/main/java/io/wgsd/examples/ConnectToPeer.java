package io.wgsd.examples;

import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Endpoint;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.IOException;

/** Looks the peers of a device up in a registry, and connects to them. */
public final class ConnectToPeer {

    private ConnectToPeer() {}

    /**
     * Makes one pass over the device.
     *
     * @param arguments the device, the registry's address and port, and its zone
     * @throws IOException if the device cannot be read or changed
     */
    public static void main(String[] arguments) throws IOException {
        try (PeerSource wireGuard = PeerSources.open(PeerSourceOptions.defaults());
                DiscoveryClient registry = DiscoveryClient.builder(DnsSdNames.parse(arguments[2]))
                        .server(Endpoint.parse(arguments[1]).toSocketAddress())
                        .build()) {
            DiscoveryAgent.builder(wireGuard, arguments[0], registry)
                    .runOnce()
                    .outcomes()
                    .forEach(System.out::println);
        }
    }
}
