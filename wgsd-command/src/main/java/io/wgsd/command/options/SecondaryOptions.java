package io.wgsd.command.options;

import io.wgsd.command.follow.ZoneServer;
import io.wgsd.command.output.AddressText;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.server.RegistryBuilder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The other hosts that have the zone: name servers that serve it, and relays whose members its peers are. */
final class SecondaryOptions {

    private final OptionSpec allowTransfer = OptionSpecs.many(String.class, "--allow-transfer")
            .paramLabel("PREFIX")
            .splitRegex(",")
            .description("Let these clients transfer the whole zone (AXFR, IXFR), too; this host always may.")
            .build();

    private final OptionSpec notify = OptionSpecs.many(String.class, "--notify")
            .paramLabel("HOST:PORT[=KEY]")
            .splitRegex(",")
            .description(
                    "Notify this secondary of each change; add its address to --allow-transfer, unless it transfers"
                            + " the zone with a key. KEY names one of --allow-transfer-key or --allow-key, which signs.")
            .build();

    private final OptionSpec relayAt = OptionSpecs.many(String.class, "--relay-at")
            .paramLabel("HOST:PORT[=KEY]")
            .splitRegex(",")
            .description("Announce the relay (\"wgsd relay\") whose --dns-listen this is, and who is heard there; add"
                    + " its address to --allow-transfer, unless it has a key: KEY as with --notify.")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addOption(allowTransfer)
                .addOption(notify)
                .addOption(relayAt);
    }

    /** Returns who else may transfer the whole zone. */
    List<IpPrefix> mayTransfer() {
        return allowTransfer.<List<String>>getValue().stream()
                .map(IpPrefix::parse)
                .toList();
    }

    /** Checks all that can be wrong before the device is read. */
    void check(List<TsigKey> keys) {
        read("--notify", notify, keys);
        read("--relay-at", relayAt, keys);
    }

    /** Returns where the relays elsewhere say which members they hear. */
    List<ZoneServer> relays(DnsSdNames names, List<TsigKey> keys) {
        return read("--relay-at", relayAt, keys).stream()
                .map(relay -> new ZoneServer(
                        names.origin(),
                        AddressText.of(relay.address()),
                        relay::address,
                        relay.key(),
                        "let this host transfer it there: \"wgsd relay\" with the same --tsig, or with --allow-transfer"
                                + " and this host's address"))
                .toList();
    }

    /** Returns what distinguishes the relays elsewhere from others. */
    List<String> relayTexts() {
        return List.copyOf(relayAt.<List<String>>getValue());
    }

    /**
     * Adds the secondaries to a registry.
     *
     * @param registry the registry that will be started
     * @param serves whether the registry serves DNS; relays of one that does not have the zone from another server
     * @param allowed who else may transfer the whole zone
     * @param keys the registry's keys
     * @param report gets one line about each secondary that would be notified, and then be refused
     */
    void addTo(
            RegistryBuilder registry,
            boolean serves,
            List<IpPrefix> allowed,
            List<TsigKey> keys,
            Consumer<String> report) {
        registry.allowTransfer(allowed);
        List<Secondary> all = new ArrayList<>(read("--notify", notify, keys));
        if (serves) {
            all.addAll(read("--relay-at", relayAt, keys));
        }
        for (Secondary secondary : all) {
            secondary
                    .key()
                    .ifPresentOrElse(
                            key -> registry.notifySecondary(secondary.address(), key),
                            () -> registry.notifySecondary(secondary.address()));
            IpAddress address = IpAddress.of(secondary.address().getAddress()).unmapped();
            if (secondary.key().isEmpty()
                    && !address.isLoopback()
                    && allowed.stream().noneMatch(prefix -> prefix.contains(address))) {
                report.accept("the server " + AddressText.of(secondary.address()) + " is notified, but may not have the"
                        + " zone unless it asks from another address; add " + address + " to --allow-transfer");
            }
        }
    }

    /** A secondary, and the key that signs what it is sent. */
    private record Secondary(InetSocketAddress address, Optional<TsigKey> key) {}

    private static List<Secondary> read(String name, OptionSpec option, List<TsigKey> keys) {
        List<Secondary> all = new ArrayList<>();
        for (String text : option.<List<String>>getValue()) {
            int equals = text.indexOf('=');
            InetSocketAddress address = HostPort.read(name, equals < 0 ? text : text.substring(0, equals));
            all.add(new Secondary(
                    address, equals < 0 ? Optional.empty() : Optional.of(key(name, text.substring(equals + 1), keys))));
        }
        return all;
    }

    private static TsigKey key(String option, String name, List<TsigKey> keys) {
        String absolute = name.endsWith(".") ? name : name + ".";
        return keys.stream()
                .filter(key -> key.name().toString().equalsIgnoreCase(absolute))
                .findFirst()
                .orElseThrow(() -> new UsageException(option + ": no key \"" + name
                        + "\"; give it by --allow-transfer-key NAME:ALGORITHM:FILE; the keys are: "
                        + keys.stream().map(key -> key.name().toString(true)).toList()));
    }
}
