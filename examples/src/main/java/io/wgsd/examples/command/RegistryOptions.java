package io.wgsd.examples.command;

import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import io.wgsd.internal.file.InputFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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

    private final OptionSpec timeout = TimeSpan.option("--timeout")
            .defaultValue("5s")
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
                .addOption(timeout)
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
        TimeSpan.check(timeout, Duration.ofMillis(100), Duration.ofHours(1));
        Name origin = DnsSdNames.parse(zone.getValue()).origin();
        DiscoveryClient.Builder client = DiscoveryClient.builder(origin).timeout(timeout.<Duration>getValue());
        asked.forEach(client::server);
        Path anchors = signer.getValue();
        if (anchors != null) {
            client.requireSigner(TrustAnchors.parse(origin, text(anchors)));
        }
        return client.build();
    }

    private static String text(Path file) {
        try {
            byte[] content = InputFile.readTrusted(file, "--signer file with a DS or DNSKEY record,");
            return new String(content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
