package io.wgsd.command.options;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.UnusableAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where the registry has a relay for its peers. */
public final class RelayOption {

    private final OptionSpec relay = OptionSpecs.many(String.class, "--relay")
            .paramLabel("HOST:PORT")
            .description(
                    "Also run a relay here, for peers that cannot reach each other, and announce it; needs --state,"
                            + " where its key is kept.")
            .build();

    private final TlsOption tls = new TlsOption();

    CommandSpec mixin() {
        return tls.addTo(CommandSpec.wrapWithoutInspection(this).addOption(relay));
    }

    /** Reads and checks the option. */
    Optional<RelaySettings> read(DnsSdNames names, @Nullable Path state) {
        List<String> texts = relay.getValue();
        Optional<TlsOption.Settings> overTls = tls.read();
        if (texts.isEmpty()) {
            if (overTls.isPresent()) {
                throw new UsageException(
                        "--tls needs --relay, to which the packets go; add it, as in --relay" + " 192.0.2.1:443");
            }
            return Optional.empty();
        }
        if (state == null) {
            throw new UsageException(
                    "--relay needs --state, where the relay's key is kept, since members know the relay"
                            + " by it; add it, as in --state /var/lib/wgsd");
        }
        return Optional.of(new RelaySettings(names, endpoints("--relay", texts), state, overTls));
    }

    /** Reads where a relay listens and is announced. */
    public static List<Endpoint> endpoints(String option, List<String> texts) {
        List<Endpoint> endpoints =
                texts.stream().map(text -> endpoint(option, text)).toList();
        if (endpoints.stream().mapToInt(Endpoint::port).distinct().count() > 1) {
            throw new UsageException(
                    option + " must have the same port at each address, since a relay has one port; were "
                            + String.join(" and ", texts));
        }
        return endpoints;
    }

    private static Endpoint endpoint(String option, String text) {
        Endpoint endpoint;
        try {
            endpoint = Endpoint.parse(text);
        } catch (FormatException e) {
            throw new UsageException(
                    option + " " + text + " is no address with a port; give both, as in " + option + " 192.0.2.1:443");
        }
        Optional<String> unusable = UnusableAddress.reason(endpoint.address());
        if (unusable.isPresent()) {
            throw new UsageException(option + " " + text + " is an address that no other host can send to: "
                    + unusable.get() + "; give an address of this host that members reach");
        }
        return endpoint;
    }
}
