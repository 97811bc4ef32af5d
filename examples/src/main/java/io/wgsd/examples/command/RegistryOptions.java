package io.wgsd.examples.command;

import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.DnsSdNames;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that asks a registry. */
final class RegistryOptions {

    @Option(
            names = {"--dns", "-dns"},
            paramLabel = "HOST:PORT",
            required = true,
            converter = HostPort.class,
            description = "The registry, by its address inside the tunnel.")
    private List<InetSocketAddress> servers = new ArrayList<>();

    @Option(
            names = {"--zone", "-zone"},
            paramLabel = "ZONE",
            required = true,
            description = "The registry's zone, as in example.com.")
    private String zone = "";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long the registry may take (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    DiscoveryClient open() {
        if (timeoutSeconds < 1 || timeoutSeconds > 3600) {
            throw new UsageException("--timeout must be 1..3600 seconds, was " + timeoutSeconds);
        }
        DiscoveryClient.Builder client =
                DiscoveryClient.builder(DnsSdNames.parse(zone).origin()).timeout(Duration.ofSeconds(timeoutSeconds));
        servers.forEach(client::server);
        return client.build();
    }
}
