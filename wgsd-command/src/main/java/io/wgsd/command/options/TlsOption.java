package io.wgsd.command.options;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where a relay also takes packets over TLS. */
public final class TlsOption {

    private final OptionSpec tls = OptionSpecs.many(String.class, "--tls")
            .paramLabel("HOST:PORT")
            .description("Also take packets over TLS here, from members whose networks let no UDP through; 443 is the"
                    + " port that most networks let through.")
            .build();

    private final OptionSpec certificate = OptionSpecs.one(Path.class, "--tls-cert")
            .paramLabel("FILE")
            .description("The certificate for that in PEM, with those above it; without it, one is made in the"
                    + " --state folder, whose key members pin.")
            .build();

    private final OptionSpec key = OptionSpecs.one(Path.class, "--tls-key")
            .paramLabel("FILE")
            .description("The certificate's private key in PEM (PKCS #8, without a password).")
            .build();

    /**
     * What was given.
     *
     * @param listen where to take packets
     * @param files the certificate's file and its key's, in this order; empty where they are to be made
     */
    public record Settings(List<InetSocketAddress> listen, List<Path> files) {

        /** Copies the lists. */
        public Settings {
            listen = List.copyOf(listen);
            files = List.copyOf(files);
        }
    }

    /** Adds the options to those of a command. */
    public CommandSpec addTo(CommandSpec command) {
        return command.addOption(tls).addOption(certificate).addOption(key);
    }

    /** Returns whether packets are to be taken over TLS. */
    boolean isGiven() {
        return !tls.<List<String>>getValue().isEmpty();
    }

    /** Reads and checks the options. */
    public Optional<Settings> read() {
        Path chain = certificate.<@Nullable Path>getValue();
        Path secret = key.<@Nullable Path>getValue();
        if (!isGiven()) {
            if (chain != null || secret != null) {
                throw new UsageException("--tls-cert and --tls-key need --tls, as in --tls 192.0.2.1:443");
            }
            return Optional.empty();
        }
        if ((chain == null) != (secret == null)) {
            throw new UsageException("--tls-cert and --tls-key belong together; give both, or none for a certificate"
                    + " that is made here");
        }
        List<InetSocketAddress> listen =
                tls.<List<String>>getValue().stream().map(TlsOption::address).toList();
        return Optional.of(new Settings(listen, chain == null || secret == null ? List.of() : List.of(chain, secret)));
    }

    private static InetSocketAddress address(String text) {
        try {
            return Endpoint.parse(text).toSocketAddress();
        } catch (FormatException | IOException e) {
            throw new UsageException("--tls " + text + " is no address with a port; give both, as in --tls"
                    + " 192.0.2.1:443, or --tls 0.0.0.0:443 for all addresses of this host");
        }
    }
}
