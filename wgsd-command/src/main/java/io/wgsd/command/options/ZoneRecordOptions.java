package io.wgsd.command.options;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.NameServer;
import io.wgsd.dnssd.ZoneOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DSRecord;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the zone holds besides its peers, how long its records live, and how they are listed. */
final class ZoneRecordOptions {

    private static final Duration LONGEST_TTL = Duration.ofDays(1);

    private final OptionSpec nameServers = OptionSpecs.many(String.class, "--ns")
            .paramLabel("NAME[=ADDRESS,…]")
            .description("A name server of the zone, with its addresses if its name is in the zone; the first is the"
                    + " primary (default: ns1 in the zone, at the addresses the registry listens on).")
            .build();

    private final OptionSpec ttl = TimeSpan.option("--ttl")
            .defaultValue("1s")
            .description("How long resolvers may cache records of peers (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec listLimit = OptionSpecs.one(Integer.class, "--list-limit")
            .paramLabel("N")
            .description(
                    "List at most N peers under one name, and the others under subtypes; use 100 for the resolvers of"
                            + " BIND and dnsmasq (default: as many as validators accept, 524 in example.com).")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addOption(nameServers)
                .addOption(ttl)
                .addOption(listLimit);
    }

    /** Reads and checks all of these options. */
    ZoneOptions read(DnsSdNames names, Optional<List<DSRecord>> members) {
        TimeSpan.check(ttl, Duration.ZERO, LONGEST_TTL);
        Duration value = ttl.getValue();
        if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw new UsageException("--ttl must be whole seconds, was " + TimeSpan.format(value));
        }
        ZoneOptions.Builder options = ZoneOptions.builder(names).peerTtl(value);
        members.ifPresent(options::members);
        for (String server : nameServers.<List<String>>getValue()) {
            try {
                options.nameServer(NameServer.parse(server));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--ns: " + e.getMessage());
            }
        }
        Integer limit = listLimit.getValue();
        if (limit != null) {
            if (limit < 1 || limit > names.maxListed()) {
                throw new UsageException("--list-limit must be 1.." + names.maxListed() + " in the zone " + names
                        + ", where no list holds more, was " + limit);
            }
            options.listLimit(limit);
        }
        return options.build();
    }
}
