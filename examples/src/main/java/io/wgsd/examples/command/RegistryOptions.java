package io.wgsd.examples.command;

import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that asks a registry. */
final class RegistryOptions {

    @Option(
            names = {"--dns", "-dns"},
            paramLabel = "HOST:PORT",
            required = true,
            converter = HostPort.Converter.class,
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

    @Option(
            names = "--signer",
            paramLabel = "FILE",
            description = "Take only what is signed by a key whose DS or DNSKEY record is in this file.")
    private @Nullable Path signer;

    /** Opens one client that asks whichever of the servers answers. */
    DiscoveryClient open() {
        return open(servers);
    }

    /** Opens a client for each server, each of which is a registry of its own. */
    List<DiscoveryClient> openEach() {
        return servers.stream().map(server -> open(List.of(server))).toList();
    }

    private DiscoveryClient open(List<InetSocketAddress> asked) {
        if (timeoutSeconds < 1 || timeoutSeconds > 3600) {
            throw new UsageException("--timeout must be 1..3600 seconds, was " + timeoutSeconds);
        }
        DiscoveryClient.Builder client =
                DiscoveryClient.builder(DnsSdNames.parse(zone).origin()).timeout(Duration.ofSeconds(timeoutSeconds));
        asked.forEach(client::server);
        if (signer != null) {
            client.requireSigner(TrustAnchors.parse(DnsSdNames.parse(zone).origin(), text(signer)));
        }
        return client.build();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UsageException(
                    "--signer: cannot read " + file + ", which is to hold a DS or DNSKEY record: " + e.getMessage());
        }
    }
}
