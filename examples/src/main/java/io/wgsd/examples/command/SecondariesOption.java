package io.wgsd.examples.command;

import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.server.RegistryBuilder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Which name servers carry the zone beside the registry. */
final class SecondariesOption {

    private final OptionSpec allowTransfer = Options.many(String.class, "--allow-transfer")
            .paramLabel("PREFIX")
            .splitRegex(",")
            .description("Who else may have the whole zone by AXFR and IXFR; this host always may.")
            .build();

    private final OptionSpec notify = Options.many(InetSocketAddress.class, "--notify")
            .paramLabel("HOST:PORT")
            .splitRegex(",")
            .converters(new HostPort.Converter())
            .description("Tell this secondary of each change; its address belongs in --allow-transfer.")
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

    /**
     * Adds the secondaries to a registry.
     *
     * @param registry what is to be started
     * @param allowed who else may have the whole zone
     * @param notice is told in one line of a secondary that would be notified, and then refused
     */
    void addTo(RegistryBuilder registry, List<IpPrefix> allowed, Consumer<String> notice) {
        registry.allowTransfer(allowed);
        for (InetSocketAddress secondary : notify.<List<InetSocketAddress>>getValue()) {
            registry.notifySecondary(secondary);
            IpAddress address = IpAddress.of(secondary.getAddress()).unmapped();
            if (!address.isLoopback() && allowed.stream().noneMatch(prefix -> prefix.contains(address))) {
                notice.accept("the secondary " + HostPort.format(secondary) + " is notified, but may not have the zone"
                        + " unless it asks from another address; add " + address + " to --allow-transfer");
            }
        }
    }
}
