package io.wgsd.command.options;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import io.wgsd.members.MembersZone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The list of the network's members that its owner has signed, and by which keys it is believed. */
final class MembersOption {

    private final OptionSpec file = OptionSpecs.one(Path.class, "--members")
            .paramLabel("FILE")
            .description("Serve the members in this file to these members; \"wgsd member publish\" writes it.")
            .build();

    private final OptionSpec anchor = OptionSpecs.one(Path.class, "--members-anchor")
            .paramLabel("FILE")
            .description("The keys of the network's owner, which \"wgsd member init\" writes as anchors.")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(file).addOption(anchor);
    }

    Optional<MembersSettings> read(DnsSdNames names, @Nullable Path state) throws IOException {
        Path list = file.getValue();
        Path keys = anchor.getValue();
        if (list == null && keys == null) {
            return Optional.empty();
        }
        if (list == null || keys == null) {
            throw new UsageException("--members and --members-anchor go together: a list, and the keys of its owner");
        }
        return Optional.of(new MembersSettings(
                names, list, TrustAnchors.read(MembersZone.names(names), keys), Optional.ofNullable(state)));
    }
}
