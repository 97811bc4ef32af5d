package io.wgsd.command.member;

import io.wgsd.command.host.HostNetworks;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import io.wgsd.members.MembersZone;
import io.wgsd.members.MembershipPolicy;
import io.wgsd.model.IpPrefix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Record;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Whether a device's peers are those that the network's owner has signed, and within which limits. */
public final class MembersAgentOptions {

    private final OptionSpec anchor = OptionSpecs.one(Path.class, "--members")
            .paramLabel("ANCHORS")
            .description(
                    "Make the members of the network peers of the device, as the owner of the keys in this file has"
                            + " signed them; needs --state.")
            .build();

    private final OptionSpec groups = OptionSpecs.many(String.class, "--members-group")
            .paramLabel("GROUP")
            .description("Take members of this group only; may be repeated.")
            .build();

    private final OptionSpec within = OptionSpecs.many(String.class, "--members-within")
            .paramLabel("PREFIX")
            .description("Give members no addresses outside of this network; may be repeated.")
            .build();

    private final OptionSpec onExpiry = OptionSpecs.one(String.class, "--on-expiry")
            .paramLabel("keep|remove")
            .defaultValue("keep")
            .description(
                    "What becomes of members when the owner's signatures have expired (default: ${DEFAULT-VALUE}).")
            .build();

    public CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addOption(anchor)
                .addOption(groups)
                .addOption(within)
                .addOption(onExpiry);
    }

    /** Returns the keys of the owner; empty where the device's peers are the user's alone. */
    public Optional<List<Record>> anchors(DnsSdNames names) throws IOException {
        Path file = anchor.getValue();
        if (file == null) {
            if (!groups.<List<String>>getValue().isEmpty()
                    || !within.<List<String>>getValue().isEmpty()) {
                throw new UsageException("--members-group and --members-within need --members");
            }
            return Optional.empty();
        }
        return Optional.of(TrustAnchors.read(MembersZone.names(names), file));
    }

    /** Returns what the owner may do to a device of this host. */
    public MembershipPolicy policy(String device) throws IOException {
        MembershipPolicy.Builder policy = MembershipPolicy.builder();
        groups.<List<String>>getValue().forEach(policy::group);
        policy.within(
                within.<List<String>>getValue().stream().map(IpPrefix::parse).toList());
        switch (onExpiry.<String>getValue()) {
            case "keep" -> {}
            case "remove" -> policy.removeOnExpiry(true);
            default -> throw new UsageException("--on-expiry must be keep or remove");
        }
        return policy.hostNetworks(HostNetworks.beside(device)).build();
    }
}
