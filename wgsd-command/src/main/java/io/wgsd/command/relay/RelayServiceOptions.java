package io.wgsd.command.relay;

import io.wgsd.command.follow.ZoneServer;
import io.wgsd.command.options.HostLookup;
import io.wgsd.command.options.HostPort;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.RelayOption;
import io.wgsd.command.options.RelaySettings;
import io.wgsd.command.options.TlsOption;
import io.wgsd.command.options.TsigKeyOption;
import io.wgsd.command.options.UsageException;
import io.wgsd.command.output.AddressText;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code wgsd relay}. */
public final class RelayServiceOptions {

    private static final Duration LOOKUP = Duration.ofSeconds(5);

    private final OptionSpec zone = OptionSpecs.one(String.class, "--zone")
            .paramLabel("ZONE")
            .required(true)
            .description("The registry's zone, as in wg.example.com; its peers are the relay's members.")
            .build();

    private final OptionSpec dns = OptionSpecs.one(InetSocketAddress.class, "--dns")
            .paramLabel("HOST:PORT")
            .required(true)
            .converters(new HostPort.NameConverter())
            .description("Who has the zone and lets this host transfer it: the registry, or a secondary.")
            .build();

    private final OptionSpec listen = OptionSpecs.many(String.class, "--listen")
            .paramLabel("HOST:PORT")
            .required(true)
            .description("Where members reach the relay; once more for the other family, with the same port.")
            .build();

    private final OptionSpec state = OptionSpecs.one(Path.class, "--state")
            .paramLabel("DIR")
            .required(true)
            .description("Where the relay keeps its key, its members, and where they are.")
            .build();

    private final OptionSpec tsig = OptionSpecs.one(String.class, "--tsig")
            .paramLabel("NAME:ALGORITHM:FILE")
            .description("The key that signs transfers of the zone, with its secret in a file; who has it may also"
                    + " transfer what --dns-listen serves.")
            .build();

    private final OptionSpec dnsListen = OptionSpecs.many(InetSocketAddress.class, "--dns-listen")
            .paramLabel("HOST:PORT")
            .converters(new HostPort.Converter())
            .description("Serve in DNS here which members the relay hears, for the registry's --relay-at, and be"
                    + " notified here of changes.")
            .build();

    private final OptionSpec allowTransfer = OptionSpecs.many(String.class, "--allow-transfer")
            .paramLabel("PREFIX")
            .splitRegex(",")
            .description("Let registries here transfer that without a key.")
            .build();

    private final TlsOption tls = new TlsOption();

    public CommandSpec mixin() {
        CommandSpec command = CommandSpec.wrapWithoutInspection(this)
                .addOption(zone)
                .addOption(dns)
                .addOption(listen)
                .addOption(state)
                .addOption(tsig)
                .addOption(dnsListen)
                .addOption(allowTransfer);
        return tls.addTo(command);
    }

    /** Reads and checks the options. */
    public RelayServiceSettings check() throws IOException {
        DnsSdNames names = DnsSdNames.parse(zone.getValue());
        List<Endpoint> endpoints = RelayOption.endpoints("--listen", listen.getValue());
        List<InetSocketAddress> served = dnsListen.getValue();
        List<IpPrefix> mayTransfer = allowTransfer.<List<String>>getValue().stream()
                .map(IpPrefix::parse)
                .toList();
        String key = tsig.<@Nullable String>getValue();
        if (!served.isEmpty() && key == null && mayTransfer.isEmpty()) {
            throw new UsageException("--dns-listen needs --tsig or --allow-transfer, since nobody could ask there;"
                    + " give the registry's address, as in --allow-transfer 192.0.2.1");
        }
        if (served.isEmpty() && !mayTransfer.isEmpty()) {
            throw new UsageException("--allow-transfer needs --dns-listen, where to ask");
        }
        Optional<TsigKey> signing = key == null ? Optional.empty() : Optional.of(TsigKeyOption.read(key));
        InetSocketAddress from = dns.getValue();
        ZoneServer server = new ZoneServer(
                names.origin(),
                AddressText.of(from),
                () -> HostLookup.of(from, LOOKUP),
                signing,
                signing.isPresent()
                        ? "let the key transfer the zone there, at a registry by --allow-transfer-key"
                        : "let this host transfer the zone there, at a registry by --allow-transfer and this host's"
                                + " address");
        return new RelayServiceSettings(
                new RelaySettings(names, endpoints, state.getValue(), tls.read()), server, served, mayTransfer);
    }
}
