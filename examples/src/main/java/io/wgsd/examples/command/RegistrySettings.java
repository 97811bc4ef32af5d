package io.wgsd.examples.command;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.model.Device;
import io.wgsd.model.IpPrefix;
import io.wgsd.publish.Publisher;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.server.VisibilityPolicy;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What one registry is to do: the options of the command line, or a table of the configuration file. */
final class RegistrySettings {

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

    @Mixin
    private UdpOption udp = new UdpOption();

    @Option(names = "--zone", paramLabel = "ZONE", description = "The zone, as in example.com.")
    private @Nullable String zone;

    @Option(names = "--device", paramLabel = "DEVICE", description = "The WireGuard device, as in wg0.")
    private @Nullable String device;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description = "Listen here instead of at the device's own addresses, port 53.")
    private List<InetSocketAddress> listen = new ArrayList<>();

    @Option(
            names = "--max-age",
            paramLabel = "SECONDS",
            description = "Withdraw peers whose latest handshake is older; off without this.")
    private @Nullable Integer maxAgeSeconds;

    @Option(
            names = "--stale-limit",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description =
                    "How long to serve what is known while the device cannot be read (default: ${DEFAULT-VALUE}).")
    private int staleLimitSeconds;

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

    private VisibilityPolicy visibility = VisibilityPolicy.everyone();

    /** Sets what no option says: which peers see which. */
    void setVisibility(VisibilityPolicy value) {
        visibility = value;
    }

    /** Returns whether anything is said of a registry at all. */
    boolean isGiven() {
        return zone != null || device != null;
    }

    /** Reads and checks all that can be wrong before a device is looked at. */
    Checked check() throws IOException {
        String zoneText = required(zone, "--zone=ZONE");
        String deviceName = Device.checkName(required(device, "--device=DEVICE"));
        DnsSdNames names = DnsSdNames.parse(zoneText);
        atLeastOne("--max-age", maxAgeSeconds);
        atLeastOne("--stale-limit", staleLimitSeconds);
        udp.check();
        AccessOption.Rules rules = access.read();
        return new Checked(
                zoneText,
                names,
                deviceName,
                rules,
                secondaries.mayTransfer(),
                signing.signer(names, rules),
                publishing.key(),
                Optional.ofNullable(state).map(folder -> SerialFile.in(folder, names.origin())));
    }

    private static String required(@Nullable String value, String option) {
        if (value == null) {
            throw new UsageException("Missing required option: '" + option + "'");
        }
        return value;
    }

    private static void atLeastOne(String option, @Nullable Integer seconds) {
        if (seconds != null && seconds < 1) {
            throw new UsageException(option + " must be at least 1 second, was " + seconds);
        }
    }

    /** Settings that are right in themselves. */
    final class Checked {

        private final String zoneText;
        private final DnsSdNames names;
        private final String deviceName;
        private final AccessOption.Rules rules;
        private final List<IpPrefix> mayTransfer;
        private final Optional<ZoneSigner> signer;
        private final Optional<TsigKey> updateKey;
        private final Optional<SerialFile> serials;

        private Checked(
                String zoneText,
                DnsSdNames names,
                String deviceName,
                AccessOption.Rules rules,
                List<IpPrefix> mayTransfer,
                Optional<ZoneSigner> signer,
                Optional<TsigKey> updateKey,
                Optional<SerialFile> serials) {
            this.zoneText = zoneText;
            this.names = names;
            this.deviceName = deviceName;
            this.rules = rules;
            this.mayTransfer = mayTransfer;
            this.signer = signer;
            this.updateKey = updateKey;
            this.serials = serials;
        }

        String zone() {
            return zoneText;
        }

        String device() {
            return deviceName;
        }

        Optional<SerialFile> serials() {
            return serials;
        }

        /** Returns what makes this another registry than others, rather than the same with other settings. */
        List<Object> identity() {
            return List.of(names.origin(), deviceName, List.copyOf(listen), listensNowhere());
        }

        Optional<Publisher> publisher(Device first, Consumer<String> say) {
            return publishing.start(updateKey, names, first, say);
        }

        RegistryBuilder builder(PeerSource source, Device first, Registry.Listener listener, Consumer<String> say)
                throws IOException {
            RegistryBuilder registry = Registry.builder(
                            source, deviceName, ZoneOptions.builder(names).build())
                    .advertiser(advertiser(first))
                    .identity(RegistrySettings.this.identity)
                    .visibility(visibility)
                    .staleLimit(Duration.ofSeconds(staleLimitSeconds))
                    .listener(listener);
            rules.addTo(registry);
            udp.addTo(registry);
            signer.ifPresent(registry::signWith);
            secondaries.addTo(registry, mayTransfer, say);
            listen.forEach(registry::listen);
            if (serials.isPresent()) {
                serials.get().read().ifPresent(registry::previousSerial);
            }
            if (listensNowhere()) {
                registry.listenNowhere();
            }
            return registry;
        }

        private boolean listensNowhere() {
            return updateKey.isPresent() && listen.isEmpty();
        }

        private Advertiser advertiser(Device first) throws IOException {
            Advertiser all = Advertiser.ofAllPeers();
            Advertiser young = maxAgeSeconds == null ? all : all.withMaxAge(Duration.ofSeconds(maxAgeSeconds));
            return self.options(first).map(young::withSelf).orElse(young);
        }
    }
}
