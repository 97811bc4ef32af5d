package io.wgsd.command.options;

import io.wgsd.command.output.AddressText;
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

/** The other name servers that serve the zone. */
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

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(allowTransfer).addOption(notify);
    }

    /** Returns who else may transfer the whole zone. */
    List<IpPrefix> mayTransfer() {
        return allowTransfer.<List<String>>getValue().stream()
                .map(IpPrefix::parse)
                .toList();
    }

    /** Checks all that can be wrong before the device is read. */
    void check(List<TsigKey> keys) {
        read(keys);
    }

    /**
     * Adds the secondaries to a registry.
     *
     * @param registry the registry that will be started
     * @param allowed who else may transfer the whole zone
     * @param keys the registry's keys
     * @param report gets one line about each secondary that would be notified, and then be refused
     */
    void addTo(RegistryBuilder registry, List<IpPrefix> allowed, List<TsigKey> keys, Consumer<String> report) {
        registry.allowTransfer(allowed);
        for (Secondary secondary : read(keys)) {
            secondary
                    .key()
                    .ifPresentOrElse(
                            key -> registry.notifySecondary(secondary.address(), key),
                            () -> registry.notifySecondary(secondary.address()));
            IpAddress address = IpAddress.of(secondary.address().getAddress()).unmapped();
            if (secondary.key().isEmpty()
                    && !address.isLoopback()
                    && allowed.stream().noneMatch(prefix -> prefix.contains(address))) {
                report.accept(
                        "the secondary " + AddressText.of(secondary.address()) + " is notified, but may not have the"
                                + " zone unless it asks from another address; add " + address + " to --allow-transfer");
            }
        }
    }

    /** A secondary, and the key that signs what it is sent. */
    private record Secondary(InetSocketAddress address, Optional<TsigKey> key) {}

    private List<Secondary> read(List<TsigKey> keys) {
        List<Secondary> all = new ArrayList<>();
        for (String text : notify.<List<String>>getValue()) {
            int equals = text.indexOf('=');
            InetSocketAddress address = HostPort.read("--notify", equals < 0 ? text : text.substring(0, equals));
            all.add(new Secondary(
                    address, equals < 0 ? Optional.empty() : Optional.of(key(text.substring(equals + 1), keys))));
        }
        return all;
    }

    private static TsigKey key(String name, List<TsigKey> keys) {
        String absolute = name.endsWith(".") ? name : name + ".";
        return keys.stream()
                .filter(key -> key.name().toString().equalsIgnoreCase(absolute))
                .findFirst()
                .orElseThrow(() -> new UsageException("--notify: no key \"" + name
                        + "\"; give it by --allow-transfer-key NAME:ALGORITHM:FILE; the keys are: "
                        + keys.stream().map(key -> key.name().toString(true)).toList()));
    }
}
