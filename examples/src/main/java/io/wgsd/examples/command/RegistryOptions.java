package io.wgsd.examples.command;

import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Name;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of every command that asks a registry. */
final class RegistryOptions {

    private final OptionSpec servers = Options.many(InetSocketAddress.class, "--dns", "-dns")
            .paramLabel("HOST:PORT")
            .required(true)
            .converters(new HostPort.Converter())
            .description("The registry, by its address inside the tunnel.")
            .build();

    private final OptionSpec zone = Options.one(String.class, "--zone", "-zone")
            .paramLabel("ZONE")
            .required(true)
            .description("The registry's zone, as in example.com.")
            .build();

    private final OptionSpec timeoutSeconds = Options.one(int.class, "--timeout")
            .paramLabel("SECONDS")
            .defaultValue("5")
            .description("How long the registry may take (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec signer = Options.one(Path.class, "--signer")
            .paramLabel("FILE")
            .description("Take only what is signed by a key whose DS or DNSKEY record is in this file.")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addOption(servers)
                .addOption(zone)
                .addOption(timeoutSeconds)
                .addOption(signer);
    }

    /** Opens one client that asks whichever of the servers answers. */
    DiscoveryClient open() {
        return open(servers.<List<InetSocketAddress>>getValue());
    }

    /** Opens a client for each server, each of which is a registry of its own. */
    List<DiscoveryClient> openEach() {
        List<InetSocketAddress> all = servers.getValue();
        return all.stream().map(server -> open(List.of(server))).toList();
    }

    private DiscoveryClient open(List<InetSocketAddress> asked) {
        int seconds = timeoutSeconds.getValue();
        if (seconds < 1 || seconds > 3600) {
            throw new UsageException("--timeout must be 1..3600 seconds, was " + seconds);
        }
        Name origin = DnsSdNames.parse(zone.getValue()).origin();
        DiscoveryClient.Builder client = DiscoveryClient.builder(origin).timeout(Duration.ofSeconds(seconds));
        asked.forEach(client::server);
        Path anchors = signer.getValue();
        if (anchors != null) {
            client.requireSigner(TrustAnchors.parse(origin, text(anchors)));
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
