package io.wgsd.command.options;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SerialFile;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.server.VisibilityPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of one registry, from the command line or from a table of the configuration file. */
public final class RegistryOptions {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** More than one reading must fail before answers are withheld. */
    private static final Duration LEAST_STALE = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofDays(365);

    private final AccessOptions access = new AccessOptions();
    private final SigningOption signing = new SigningOption();
    private final AdvertiseSelfOptions self = new AdvertiseSelfOptions();
    private final SecondaryOptions secondaries = new SecondaryOptions();
    private final PublishingOptions publishing = new PublishingOptions();
    private final RelayOption relay = new RelayOption();
    private final MembersOption members = new MembersOption();
    private final NamesOption names = new NamesOption();
    private final UdpOptions udp = new UdpOptions();
    private final ZoneRecordOptions zoneOption = new ZoneRecordOptions();

    private final OptionSpec zone = OptionSpecs.one(String.class, "--zone")
            .paramLabel("ZONE")
            .description("The zone, as in wg.example.com.")
            .build();

    private final OptionSpec device = OptionSpecs.one(String.class, "--device")
            .paramLabel("DEVICE")
            .description("The WireGuard device, as in wg0.")
            .build();

    private final OptionSpec listen = OptionSpecs.many(InetSocketAddress.class, "--listen")
            .paramLabel("HOST:PORT")
            .converters(new HostPort.Converter())
            .description("Listen here instead of on the device's own addresses, port 53.")
            .build();

    private final OptionSpec maxAge = TimeSpan.option("--max-age")
            .description("Withdraw peers whose latest handshake is older, as in 5m (default: off).")
            .build();

    private final OptionSpec staleLimit = TimeSpan.option("--stale-limit")
            .defaultValue("1h")
            .description(
                    "How long to serve the last reading while the device cannot be read (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec identity = OptionSpecs.one(String.class, "--identity")
            .paramLabel("TEXT")
            .defaultValue("")
            .description("The name of this server for those who ask for it (dig +nsid).")
            .build();

    private final OptionSpec state = OptionSpecs.one(Path.class, "--state")
            .paramLabel("DIR")
            .description("Where to store the zone's serial, so that it never goes back, and the relay's key.")
            .build();

    private VisibilityPolicy visibility = VisibilityPolicy.everyone();

    public CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addMixin("access", access.mixin())
                .addMixin("signing", signing.mixin())
                .addMixin("self", self.mixin())
                .addMixin("secondaries", secondaries.mixin())
                .addMixin("publishing", publishing.mixin())
                .addMixin("relay", relay.mixin())
                .addMixin("members", members.mixin())
                .addMixin("names", names.mixin("Names of peers, for the zone too: a name and a key on each line."))
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

    /** Sets which peers see which, for which there is no option. */
    public void setVisibility(VisibilityPolicy value) {
        visibility = value;
    }

    VisibilityPolicy visibility() {
        return visibility;
    }

    /** Returns whether the options describe a registry at all. */
    public boolean isGiven() {
        return zone.getValue() != null || device.getValue() != null;
    }

    /** Reads the options, and checks all that can be wrong before the device is read. */
    public RegistrySettings check() throws IOException {
        String zoneText = required(zone.getValue(), "--zone=ZONE");
        String deviceName = Device.checkName(required(device.getValue(), "--device=DEVICE"));
        DnsSdNames dnsNames = DnsSdNames.parse(zoneText);
        TimeSpan.check(maxAge, SHORTEST, LONGEST);
        TimeSpan.check(staleLimit, LEAST_STALE, LONGEST);
        udp.check();
        AccessOptions.Rules rules = access.read();
        secondaries.check(rules.allKeys());
        Optional<ZoneSigner> signer = signing.signer(dnsNames, rules);
        Optional<MembersOption.Served> list = members.read(dnsNames, state.getValue());
        return new RegistrySettings(
                this,
                zoneText,
                zoneOption.read(dnsNames, list.map(each -> signer.isPresent() ? each.ds() : List.of())),
                deviceName,
                rules,
                secondaries.mayTransfer(),
                signer,
                publishing.key(),
                Optional.ofNullable(state.<@Nullable Path>getValue()).map(folder -> SerialFile.in(folder, dnsNames)),
                relay.read(dnsNames, state.getValue()),
                list,
                names.read());
    }

    private static String required(@Nullable String value, String option) {
        if (value == null) {
            throw new UsageException("Missing required option: '" + option + "'");
        }
        return value;
    }

    List<InetSocketAddress> addresses() {
        return List.copyOf(listen.<List<InetSocketAddress>>getValue());
    }

    Advertiser advertiser(Device first) throws IOException {
        Advertiser all = Advertiser.ofAllPeers();
        Duration oldest = maxAge.getValue();
        Advertiser young = oldest == null ? all : all.withMaxAge(oldest);
        return self.options(first).map(young::withSelf).orElse(young);
    }

    /** Returns the addresses at which peers reach the device. */
    Set<IpAddress> deviceAddresses(Device first) throws IOException {
        return self.addresses(first);
    }

    SecondaryOptions secondaries() {
        return secondaries;
    }

    PublishingOptions publishing() {
        return publishing;
    }

    /** Adds the settings that do not depend on the device. */
    void addTo(RegistryBuilder registry) {
        registry.identity(identity.getValue()).visibility(visibility).staleLimit(staleLimit.<Duration>getValue());
        udp.addTo(registry);
        addresses().forEach(registry::listen);
    }
}
