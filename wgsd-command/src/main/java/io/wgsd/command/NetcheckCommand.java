package io.wgsd.command;

import io.wgsd.command.netcheck.Fact;
import io.wgsd.command.netcheck.NetworkChecks;
import io.wgsd.command.netcheck.RegistryAnswer;
import io.wgsd.command.options.BackendOption;
import io.wgsd.command.options.LookupOptions;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.output.ErrorText;
import io.wgsd.command.output.Json;
import io.wgsd.command.output.Terminal;
import io.wgsd.command.status.Screen;
import io.wgsd.command.status.StatusQuery;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Prints what kind of network this host is in. */
final class NetcheckCommand extends Subcommand {

    private static final int TOPIC_WIDTH = 10;

    private final BackendOption backend = new BackendOption();
    private final LookupOptions registries = new LookupOptions();

    private final OptionSpec device = OptionSpecs.one(String.class, "--device", "-device")
            .paramLabel("DEVICE")
            .required(true)
            .description("The WireGuard device, as in wg0.")
            .build();

    private final OptionSpec json = OptionSpecs.flag("--json")
            .description("Print an array with an object for each thing that was looked at.")
            .build();

    NetcheckCommand() {
        super(
                "netcheck",
                "Shows what kind of network this host is in, and changes nothing. The exit status is 0 where nothing is"
                        + " in the way of tunnels, and 1 where something is.");
        spec().addMixin("backend", backend.mixin())
                .addMixin("registries", registries.mixin())
                .addOption(device)
                .addOption(json);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Device read;
        try (PeerSource source = backend.open()) {
            read = source.read(device.getValue());
        }
        PublicKey key = read.publicKey()
                .orElseThrow(() -> new IOException("device " + read.name() + " has no key: set one, as with wg set "
                        + read.name() + " private-key"));
        List<InetSocketAddress> servers = new ArrayList<>();
        List<RegistryAnswer> answers = new ArrayList<>();
        for (DiscoveryClient client : registries.openEach()) {
            try (client) {
                servers.addAll(client.servers());
                answers.add(ask(client, key));
            }
        }
        List<Fact> facts = new NetworkChecks(read, registries.names(), answers, servers).run();
        print(facts);
        return facts.stream().allMatch(Fact::isGood) ? 0 : 1;
    }

    private static RegistryAnswer ask(DiscoveryClient client, PublicKey key) {
        String server = client.servers().get(0).getAddress().getHostAddress() + ":"
                + client.servers().get(0).getPort();
        try {
            long start = System.nanoTime();
            Optional<Advertisement> self = client.lookup(key);
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - start);
            return new RegistryAnswer(server, roundTrip, self, client.relays(), Optional.empty());
        } catch (DiscoveryException e) {
            return RegistryAnswer.failed(server, ErrorText.of(e));
        }
    }

    private void print(List<Fact> facts) {
        PrintWriter out = out();
        if (json.<Boolean>getValue()) {
            out.println(Json.write(facts.stream().map(Fact::json).toList()));
        } else {
            Screen screen = new Screen(StatusQuery.of(Terminal.ofThisProcess()));
            facts.forEach(fact -> screen.line(0, fact.topic(), TOPIC_WIDTH, fact.words()));
            out.print(screen);
        }
        out.flush();
    }
}
