package io.wgsd.command.options;

import io.wgsd.command.log.Log;
import io.wgsd.command.output.AddressText;
import io.wgsd.command.output.PublisherReporter;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import io.wgsd.publish.Publisher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Whether and where the peers are published into a zone that another name server serves. */
final class PublishingOptions {

    private static final Duration DEFAULT_LEASE = Duration.ofMinutes(10);

    private final OptionSpec primary = OptionSpecs.one(InetSocketAddress.class, "--update-to")
            .paramLabel("HOST:PORT")
            .converters(new HostPort.Converter())
            .description("Keep the peers in the zone that this primary serves, by dynamic updates;"
                    + " answer questions here only if --listen is given too.")
            .build();

    private final OptionSpec tsig = OptionSpecs.one(String.class, "--tsig")
            .paramLabel("NAME:ALGORITHM:FILE")
            .description("The key that may update and transfer that zone, with its secret in a file.")
            .build();

    private final OptionSpec lease = TimeSpan.option("--update-lease")
            .description("How long other registries leave this one's peers alone after it has ended (default: 10m).")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addOption(primary)
                .addOption(tsig)
                .addOption(lease);
    }

    /** Returns where the peers are published. */
    Optional<String> target() {
        return Optional.ofNullable(primary.<@Nullable InetSocketAddress>getValue())
                .map(AddressText::of);
    }

    /** Reads the key, so that a mistake is reported before anything has started. */
    Optional<TsigKey> key() throws IOException {
        InetSocketAddress to = primary.getValue();
        String key = tsig.getValue();
        if (to == null && key == null) {
            if (lease.<@Nullable Duration>getValue() != null) {
                throw new UsageException("--update-lease needs --update-to");
            }
            return Optional.empty();
        }
        if (to == null || key == null) {
            throw new UsageException(
                    "--update-to and --tsig need each other: the zone's primary, and the key that may update it");
        }
        TimeSpan.check(lease, Duration.ofSeconds(2), Duration.ofDays(1));
        return Optional.of(TsigKeyOption.read(key));
    }

    /** Starts to publish, if {@code --update-to} is given. */
    Optional<Publisher> start(Optional<TsigKey> key, DnsSdNames names, Device device, Log log) {
        InetSocketAddress to = primary.getValue();
        if (to == null || key.isEmpty()) {
            return Optional.empty();
        }
        PublicKey own = device.publicKey()
                .orElseThrow(() -> new UsageException("device \"" + device.name()
                        + "\" has no private key; registries that share a zone are identified"
                        + " by their keys, so set one"));
        return Optional.of(Publisher.builder(names, to, key.get(), own)
                .lease(Objects.requireNonNullElse(lease.<@Nullable Duration>getValue(), DEFAULT_LEASE))
                .listener(new PublisherReporter(AddressText.of(to), log))
                .start());
    }
}
