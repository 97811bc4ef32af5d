package io.wgsd.command.options;

import io.wgsd.command.host.SerialFile;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What one registry is to do: the options of the command line, or a table of the configuration file. */
public final class RegistrySettings {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** One reading that is missed is not told. */
    private static final Duration LEAST_STALE = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofDays(365);

    private final AccessOption access = new AccessOption();
    private final SigningOption signing = new SigningOption();
    private final SelfOption self = new SelfOption();
    private final SecondariesOption secondaries = new SecondariesOption();
    private final PublishingOption publishing = new PublishingOption();
    private final UdpOption udp = new UdpOption();
    private final ZoneOption zoneOption = new ZoneOption();

    private final OptionSpec zone = Options.one(String.class, "--zone")
            .paramLabel("ZONE")
            .description("The zone, as in example.com.")
            .build();

    private final OptionSpec device = Options.one(String.class, "--device")
            .paramLabel("DEVICE")
            .description("The WireGuard device, as in wg0.")
            .build();

    private final OptionSpec listen = Options.many(InetSocketAddress.class, "--listen")
            .paramLabel("HOST:PORT")
            .converters(new HostPort.Converter())
            .description("Listen here instead of at the device's own addresses, port 53.")
            .build();

    private final OptionSpec maxAge = TimeSpan.option("--max-age")
            .description("Withdraw peers whose latest handshake is older, as in 5m; off without this.")
            .build();

    private final OptionSpec staleLimit = TimeSpan.option("--stale-limit")
            .defaultValue("1h")
            .description("How long to serve what is known while the device cannot be read (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec identity = Options.one(String.class, "--identity")
            .paramLabel("TEXT")
            .defaultValue("")
            .description("Which server this is, for whoever asks that (dig +nsid).")
            .build();

    private final OptionSpec state = Options.one(Path.class, "--state")
            .paramLabel("DIR")
            .description("Where to remember the zone's serial, so that it never goes back.")
            .build();

    private VisibilityPolicy visibility = VisibilityPolicy.everyone();

    public CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addMixin("access", access.mixin())
                .addMixin("signing", signing.mixin())
                .addMixin("self", self.mixin())
                .addMixin("secondaries", secondaries.mixin())
                .addMixin("publishing", publishing.mixin())
                .addMixin("udp", udp.mixin())
                .addMixin("zone", zoneOption.mixin())
                .addOption(zone)
                .addOption(device)
                .addOption(listen)
                .addOption(maxAge)
                .addOption(staleLimit)
                .addOption(identity)
                .addOption(state);
    }

    /** Sets what no option says: which peers see which. */
    void setVisibility(VisibilityPolicy value) {
        visibility = value;
    }

    /** Returns whether anything is said of a registry at all. */
    public boolean isGiven() {
        return zone.getValue() != null || device.getValue() != null;
    }

    /** Reads and checks all that can be wrong before a device is looked at. */
    public Checked check() throws IOException {
        String zoneText = required(zone.getValue(), "--zone=ZONE");
        String deviceName = Device.checkName(required(device.getValue(), "--device=DEVICE"));
        DnsSdNames names = DnsSdNames.parse(zoneText);
        TimeSpan.check(maxAge, SHORTEST, LONGEST);
        TimeSpan.check(staleLimit, LEAST_STALE, LONGEST);
        udp.check();
        AccessOption.Rules rules = access.read();
        secondaries.check(rules.allKeys());
        return new Checked(
                zoneText,
                zoneOption.read(names),
                deviceName,
                rules,
                secondaries.mayTransfer(),
                signing.signer(names, rules),
                publishing.key(),
                Optional.ofNullable(state.<@Nullable Path>getValue())
                        .map(folder -> SerialFile.in(folder, names.origin())));
    }

    private static String required(@Nullable String value, String option) {
        if (value == null) {
            throw new UsageException("Missing required option: '" + option + "'");
        }
        return value;
    }

    /** Settings that are right in themselves. */
    public final class Checked {

        private final String zoneText;
        private final DnsSdNames names;
        private final ZoneOptions zoneOptions;
        private final String deviceName;
        private final AccessOption.Rules rules;
        private final List<IpPrefix> mayTransfer;
        private final Optional<ZoneSigner> signer;
        private final Optional<TsigKey> updateKey;
        private final Optional<SerialFile> serials;

        private Checked(
                String zoneText,
                ZoneOptions zoneOptions,
                String deviceName,
                AccessOption.Rules rules,
                List<IpPrefix> mayTransfer,
                Optional<ZoneSigner> signer,
                Optional<TsigKey> updateKey,
                Optional<SerialFile> serials) {
            this.zoneText = zoneText;
            this.zoneOptions = zoneOptions;
            names = zoneOptions.names();
            this.deviceName = deviceName;
            this.rules = rules;
            this.mayTransfer = mayTransfer;
            this.signer = signer;
            this.updateKey = updateKey;
            this.serials = serials;
        }

        public String zone() {
            return zoneText;
        }

        public String device() {
            return deviceName;
        }

        public Optional<SerialFile> serials() {
            return serials;
        }

        /** Returns what makes this another registry than others, rather than the same with other settings. */
        public List<Object> identity() {
            return List.of(names.origin(), deviceName, addresses(), listensNowhere());
        }

        public Optional<String> listenWarning() {
            return ListenCheck.warning(deviceName, ListenCheck.addressesOf(deviceName), addresses());
        }

        public Optional<Publisher> publisher(Device first, Consumer<String> say) {
            return publishing.start(updateKey, names, first, say);
        }

        public RegistryBuilder builder(
                PeerSource source, Device first, Registry.Listener listener, Consumer<String> say) throws IOException {
            RegistryBuilder registry = Registry.builder(source, deviceName, zoneOptions)
                    .advertiser(advertiser(first))
                    .identity(RegistrySettings.this.identity.getValue())
                    .visibility(visibility)
                    .staleLimit(staleLimit.<Duration>getValue())
                    .listener(listener);
            rules.addTo(registry);
            udp.addTo(registry);
            signer.ifPresent(registry::signWith);
            secondaries.addTo(registry, mayTransfer, rules.allKeys(), say);
            addresses().forEach(registry::listen);
            if (serials.isPresent()) {
                serials.get().read(say).ifPresent(registry::previousSerial);
            }
            if (listensNowhere()) {
                registry.listenNowhere();
            }
            return registry;
        }

        private List<InetSocketAddress> addresses() {
            return List.copyOf(listen.<List<InetSocketAddress>>getValue());
        }

        private boolean listensNowhere() {
            return updateKey.isPresent() && addresses().isEmpty();
        }

        private Advertiser advertiser(Device first) throws IOException {
            Advertiser all = Advertiser.ofAllPeers();
            Duration oldest = maxAge.getValue();
            Advertiser young = oldest == null ? all : all.withMaxAge(oldest);
            return self.options(first).map(young::withSelf).orElse(young);
        }
    }
}
