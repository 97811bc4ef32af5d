package io.wgsd.examples.command;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.model.Device;
import io.wgsd.model.IpPrefix;
import io.wgsd.publish.Publisher;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a registry until it is told to stop. */
@Command(
        name = "registry",
        description = "Serves in DNS where a device's peers can be reached, until it is stopped.",
        mixinStandardHelpOptions = true)
final class RegistryCommand implements Callable<Integer> {

    @Mixin
    private BackendOption backend = new BackendOption();

    @Mixin
    private AccessOption access = new AccessOption();

    @Mixin
    private SigningOption signing = new SigningOption();

    @Mixin
    private SelfOption self = new SelfOption();

    @Mixin
    private SecondariesOption secondaries = new SecondariesOption();

    @Mixin
    private PublishingOption publishing = new PublishingOption();

    @Option(names = "--zone", paramLabel = "ZONE", required = true, description = "The zone, as in example.com.")
    private String zone = "";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            required = true,
            description = "The WireGuard device, as in wg0.")
    private String device = "";

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            converter = HostPort.class,
            description = "Listen here instead of at the device's own addresses, port 53.")
    private List<InetSocketAddress> listen = new ArrayList<>();

    @Option(
            names = "--max-age",
            paramLabel = "SECONDS",
            description = "Withdraw peers whose latest handshake is older; off without this.")
    private @Nullable Integer maxAgeSeconds;

    @Option(
            names = "--identity",
            paramLabel = "TEXT",
            description = "Which server this is, for whoever asks that (dig +nsid).")
    private String identity = "";

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where to remember the zone's serial, so that it never goes back.")
    private @Nullable Path state;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DnsSdNames names = DnsSdNames.parse(zone);
        Device.checkName(device);
        AccessOption.Rules rules = access.read();
        Optional<ZoneSigner> signer = signing.signer(names, rules);
        List<IpPrefix> mayTransfer = secondaries.mayTransfer();
        Optional<TsigKey> updateKey = publishing.key();
        Optional<SerialFile> serials = Optional.ofNullable(state).map(folder -> SerialFile.in(folder, names.origin()));
        try (PeerSource source = backend.open()) {
            // What cannot be read at the start is a mistake to be told of; what cannot be read later is waited for.
            Device first = source.read(device);
            ZoneOptions options = ZoneOptions.builder(names).build();
            Reporter reporter = new Reporter(Terminal.err(spec), zone, device, serials);
            Optional<Publisher> publisher = publishing.start(updateKey, names, first, reporter::notice);
            publisher.ifPresent(reporter::publishBy);
            RegistryBuilder registry = Registry.builder(source, device, options)
                    .advertiser(advertiser(first))
                    .identity(identity)
                    .listener(reporter);
            rules.addTo(registry);
            signer.ifPresent(registry::signWith);
            secondaries.addTo(registry, mayTransfer, reporter::notice);
            listen.forEach(registry::listen);
            if (serials.isPresent()) {
                serials.get().read().ifPresent(registry::previousSerial);
            }
            if (publisher.isPresent() && listen.isEmpty()) {
                registry.listenNowhere();
            }
            serve(registry, publisher);
        }
        return 0;
    }

    private void serve(RegistryBuilder builder, Optional<Publisher> publisher)
            throws IOException, InterruptedException {
        PrintWriter err = Terminal.err(spec);
        try (Registry registry = builder.start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(registry, publisher, err), "wgsd-stop"));
            new CountDownLatch(1).await();
        }
    }

    @SuppressWarnings("try") // closed here, since the thread that opened it will not go on
    private static void stop(Registry registry, Optional<Publisher> publisher, PrintWriter err) {
        registry.close();
        publisher.ifPresent(Publisher::close);
        err.println("wgsd: the registry has stopped");
        err.flush();
        // A service manager takes any other status of a program that it has told to stop for a failure.
        Runtime.getRuntime().halt(0);
    }

    private Advertiser advertiser(Device first) throws IOException {
        Advertiser advertiser = Advertiser.ofAllPeers();
        if (maxAgeSeconds != null) {
            if (maxAgeSeconds < 1) {
                throw new UsageException("--max-age must be at least 1 second, was " + maxAgeSeconds);
            }
            advertiser = advertiser.withMaxAge(Duration.ofSeconds(maxAgeSeconds));
        }
        return self.options(first).map(advertiser::withSelf).orElse(advertiser);
    }

    /** Tells the operator what happens, one line each; of failures in a row only the first. */
    private static final class Reporter implements Registry.Listener {

        private final PrintWriter err;
        private final String zone;
        private final String device;
        private final Optional<SerialFile> serials;
        private @Nullable Publisher publisher;

        Reporter(PrintWriter err, String zone, String device, Optional<SerialFile> serials) {
            this.err = err;
            this.zone = zone;
            this.device = device;
            this.serials = serials;
        }

        /** Hands each zone on, from before the first one. */
        void publishBy(Publisher whom) {
            publisher = whom;
        }

        @Override
        public void ready(List<InetSocketAddress> addresses) {
            if (addresses.isEmpty()) {
                say("ready: zone " + zone + " of device " + device + " is published and not served here");
                return;
            }
            List<String> where =
                    addresses.stream().map(address -> HostPort.format(address)).toList();
            say("ready: zone " + zone + " of device " + device + " at " + String.join(", ", where));
        }

        @Override
        public void zoneChanged(Optional<Zone> previous, Zone current) {
            Publisher whom = publisher;
            if (whom != null) {
                whom.publish(current);
            }
            serials.ifPresent(file -> {
                try {
                    file.write(current.serial());
                } catch (IOException e) {
                    say("the serial cannot be kept: " + e.getMessage());
                }
            });
        }

        @Override
        public void readingFailed(WireGuardException error, int failuresInARow) {
            if (failuresInARow == 1) {
                say(error.getMessage() + "; what was known before is served until it can be read again");
            }
        }

        @Override
        public void notice(String line) {
            say(line);
        }

        private void say(String line) {
            err.println("wgsd: " + line);
            err.flush();
        }
    }
}
