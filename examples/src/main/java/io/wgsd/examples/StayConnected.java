package io.wgsd.examples;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Endpoint;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Keeps a device's peers connected, directly or by the relays that the registry announces, and prints what happens to
 * peers and relays, until the enter key is pressed.
 */
public final class StayConnected {

    private StayConnected() {}

    /**
     * Runs an agent.
     *
     * @param arguments the device, the registry's address and port inside the tunnel, its zone, and the file of what the
     *     next start has to know after a crash: relays that were added, and keepalives that were switched on
     * @throws IOException if WireGuard cannot be reached, or standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        try (PeerSource wireGuard = PeerSources.open(PeerSourceOptions.defaults());
                DiscoveryClient registry = DiscoveryClient.builder(DnsSdNames.parse(arguments[2]))
                        .server(Endpoint.parse(arguments[1]).toSocketAddress())
                        .build();
                DiscoveryAgent agent = DiscoveryAgent.builder(wireGuard, arguments[0], registry)
                        .store(AgentStore.inFile(Path.of(arguments[3])))
                        .listener(StayConnected::print)
                        .start()) {
            int pressed = System.in.read();
            System.out.println(pressed < 0 ? "no more input" : "done");
            agent.state().forEach(System.out::println);
            agent.relays().forEach(System.out::println);
        }
    }

    private static void print(AgentEvent event) {
        if (event instanceof AgentEvent.PeerChanged changed) {
            System.out.println(changed.peer());
        } else if (event instanceof AgentEvent.RelayUp || event instanceof AgentEvent.RelayDown) {
            System.out.println(event);
        }
    }
}
