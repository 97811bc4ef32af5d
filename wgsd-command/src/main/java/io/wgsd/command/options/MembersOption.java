package io.wgsd.command.options;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import io.wgsd.members.MembersZone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Record;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The list of the network's members that its owner has signed, and by which keys it is believed. */
public final class MembersOption {

    private final OptionSpec file = OptionSpecs.one(Path.class, "--members")
            .paramLabel("FILE")
            .description("Serve the members in this file to these members; \"wgsd member publish\" writes it.")
            .build();

    private final OptionSpec anchor = OptionSpecs.one(Path.class, "--members-anchor")
            .paramLabel("FILE")
            .description("The keys of the network's owner, which \"wgsd member init\" writes as anchors.")
            .build();

    private final OptionSpec add = OptionSpecs.flag("--add-members")
            .description("Also make the members peers of the device, as an agent does; needs --members and --state.")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addOption(file)
                .addOption(anchor)
                .addOption(add);
    }

    Optional<Served> read(DnsSdNames names, @Nullable Path state) throws IOException {
        Path list = file.getValue();
        Path keys = anchor.getValue();
        boolean adds = add.<Boolean>getValue();
        if (adds && (list == null || state == null)) {
            throw new UsageException("--add-members needs --members, and --state to know what it has made");
        }
        if (list == null && keys == null) {
            return Optional.empty();
        }
        if (list == null || keys == null) {
            throw new UsageException("--members and --members-anchor go together: a list, and the keys of its owner");
        }
        return Optional.of(new Served(
                names, list, TrustAnchors.read(MembersZone.names(names), keys), Optional.ofNullable(state), adds));
    }

    /**
     * Which list of members is served.
     *
     * @param names the names of the registry's zone
     * @param file where the list is
     * @param anchors the keys of its owner
     * @param state where the last good list is kept
     * @param adds whether its members become peers of the registry's device
     */
    public record Served(DnsSdNames names, Path file, List<Record> anchors, Optional<Path> state, boolean adds) {

        private static final long TTL = 3600;

        /** Returns where it is kept which peers were made; empty where none are. */
        public Optional<Path> addsIn() {
            return state.filter(folder -> adds);
        }

        /** Returns what tells validators of the registry's zone who signs the members'. */
        List<DSRecord> ds() {
            return anchors.stream().map(Served::ds).toList();
        }

        private static DSRecord ds(Record anchor) {
            if (anchor instanceof DSRecord ds) {
                return new DSRecord(
                        ds.getName(),
                        DClass.IN,
                        TTL,
                        ds.getFootprint(),
                        ds.getAlgorithm(),
                        ds.getDigestID(),
                        ds.getDigest());
            }
            return new DSRecord(anchor.getName(), DClass.IN, TTL, DNSSEC.Digest.SHA256, (DNSKEYRecord) anchor);
        }
    }
}
