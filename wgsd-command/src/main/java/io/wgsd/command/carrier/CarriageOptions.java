package io.wgsd.command.carrier;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.TlsCarriage;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that name the relay to which packets go over TLS. */
public final class CarriageOptions {

    private static final int HTTPS = 443;
    private static final int MOST_PORT = 65_535;
    /** A name or an IPv4 address, or an IPv6 address in brackets, and perhaps a port. */
    private static final Pattern SERVER =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?");

    private final OptionSpec tls = OptionSpecs.one(String.class, "--tls")
            .paramLabel("NAME[:PORT]")
            .description("Carry packets to the relay there over TLS while no UDP gets through; the port is 443 if it is"
                    + " left out.")
            .build();

    private final OptionSpec pin = OptionSpecs.many(String.class, "--tls-pin")
            .paramLabel("PIN")
            .description(
                    "The key of that relay, as it prints it when it starts; without it, its certificate must be for"
                            + " NAME and signed by one whom this Java trusts. May be repeated.")
            .build();

    public CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(tls).addOption(pin);
    }

    /**
     * What else matters.
     *
     * @param registries the registries' addresses inside the tunnel
     * @param kept the peers that are never written
     * @param restarts whether peers may be restarted
     * @param state the folder that keeps what has to be given back; null where there is none
     */
    public record Setting(
            Collection<IpAddress> registries,
            Collection<PublicKey> kept,
            boolean restarts,
            @Nullable Path state) {}

    /** Refuses what makes no sense. */
    public void check() {
        server();
        for (String each : pin.<List<String>>getValue()) {
            if (tls.<@Nullable String>getValue() == null) {
                throw new UsageException("--tls-pin needs --tls, as in --tls relay.example.com");
            }
            try {
                TlsCarriage.checkPin(each);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--tls-pin: " + e.getMessage());
            }
        }
    }

    private Optional<Matcher> server() {
        String text = tls.<@Nullable String>getValue();
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = SERVER.matcher(text);
        if (!matcher.matches() || port(matcher) < 1 || port(matcher) > MOST_PORT) {
            throw new UsageException("--tls " + text
                    + " is no host, with a port or without; write it as in --tls relay.example.com, or --tls"
                    + " 192.0.2.1:443");
        }
        return Optional.of(matcher);
    }

    private static int port(Matcher matcher) {
        String port = matcher.group(3);
        return port == null ? HTTPS : Integer.parseInt(port);
    }

    /**
     * Wraps a device's source, where the options say so.
     *
     * @throws IOException if no socket is to be had
     */
    public Optional<TlsCarriage> open(PeerSource source, String device, Setting setting, AgentEvent.Listener listener)
            throws IOException {
        Optional<Matcher> server = server();
        if (server.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = server.get();
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        TlsCarriage.Builder builder = TlsCarriage.builder(source, device, host, port(matcher))
                .restarts(setting.restarts())
                .listener(listener);
        pin.<List<String>>getValue().forEach(builder::pin);
        setting.registries().forEach(builder::registry);
        setting.kept().forEach(builder::keep);
        if (setting.state() != null) {
            builder.state(setting.state().resolve(device + ".tls"));
        }
        return Optional.of(builder.open());
    }
}
