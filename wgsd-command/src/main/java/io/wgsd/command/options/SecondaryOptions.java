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

/** Which name servers carry the zone beside the registry. */
final class SecondaryOptions {

    private final OptionSpec allowTransfer = OptionSpecs.many(String.class, "--allow-transfer")
            .paramLabel("PREFIX")
            .splitRegex(",")
            .description("Who else may have the whole zone by AXFR and IXFR; this host always may.")
            .build();

    private final OptionSpec notify = OptionSpecs.many(String.class, "--notify")
            .paramLabel("HOST:PORT[=KEY]")
            .splitRegex(",")
            .description(
                    "Tell this secondary of each change; its address belongs in --allow-transfer, unless it has the"
                            + " zone by a key. KEY is the name of one of --allow-transfer-key or --allow-key, which then signs.")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(allowTransfer).addOption(notify);
    }

    /** Returns who else may have the whole zone. */
    List<IpPrefix> mayTransfer() {
        return allowTransfer.<List<String>>getValue().stream()
                .map(IpPrefix::parse)
                .toList();
    }

    /** Checks what can be wrong, before a device is looked at. */
    void check(List<TsigKey> keys) {
        told(keys);
    }

    /**
     * Adds the secondaries to a registry.
     *
     * @param registry what is to be started
     * @param allowed who else may have the whole zone
     * @param keys the keys that the registry knows
     * @param notice is told in one line of a secondary that would be notified, and then refused
     */
    void addTo(RegistryBuilder registry, List<IpPrefix> allowed, List<TsigKey> keys, Consumer<String> notice) {
        registry.allowTransfer(allowed);
        for (Told told : told(keys)) {
            told.key()
                    .ifPresentOrElse(
                            key -> registry.notifySecondary(told.address(), key),
                            () -> registry.notifySecondary(told.address()));
            IpAddress address = IpAddress.of(told.address().getAddress()).unmapped();
            if (told.key().isEmpty()
                    && !address.isLoopback()
                    && allowed.stream().noneMatch(prefix -> prefix.contains(address))) {
                notice.accept("the secondary " + AddressText.of(told.address()) + " is notified, but may not have the"
                        + " zone unless it asks from another address; add " + address + " to --allow-transfer");
            }
        }
    }

    /** A secondary, and the key by which it knows this registry. */
    private record Told(InetSocketAddress address, Optional<TsigKey> key) {}

    private List<Told> told(List<TsigKey> keys) {
        List<Told> all = new ArrayList<>();
        for (String text : notify.<List<String>>getValue()) {
            int equals = text.indexOf('=');
            InetSocketAddress address = HostPort.read("--notify", equals < 0 ? text : text.substring(0, equals));
            all.add(new Told(
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
                        + "\"; give it by --allow-transfer-key NAME:ALGORITHM:FILE. Keys that there are: "
                        + keys.stream().map(key -> key.name().toString(true)).toList()));
    }
}
