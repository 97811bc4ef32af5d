package io.wgsd.command.member;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.members.Member;
import io.wgsd.members.MemberRole;
import io.wgsd.members.NetworkFile;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Adds a member. */
final class AddCommand extends InFolder {

    private final PositionalParamSpec name = name("0", "NAME", "What the host is called.");

    private final OptionSpec key = OptionSpecs.one(String.class, "--key")
            .paramLabel("PUBLIC")
            .required(true)
            .description("The host's public key, which wg pubkey prints.")
            .build();

    private final OptionSpec allowed = OptionSpecs.many(String.class, "--allowed")
            .paramLabel("PREFIX")
            .description(
                    "An address of the host, or a network behind it; may be repeated (default: the next free address"
                            + " of each range).")
            .build();

    private final OptionSpec groups = OptionSpecs.many(String.class, "--group")
            .paramLabel("GROUP")
            .description("A group that it is in; may be repeated.")
            .build();

    private final OptionSpec role = OptionSpecs.one(String.class, "--role")
            .paramLabel("ROLE")
            .defaultValue("member")
            .description("member, registry or relay (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec endpoints = OptionSpecs.many(String.class, "--endpoint")
            .paramLabel("HOST:PORT")
            .description("Where a registry or a relay is reached; may be repeated.")
            .build();

    AddCommand() {
        super("add", "Adds a member to the network's file, and prints its line.");
        spec().addPositional(name)
                .addOption(key)
                .addOption(allowed)
                .addOption(groups)
                .addOption(role)
                .addOption(endpoints);
    }

    @Override
    void run(MemberFolder where) throws IOException {
        NetworkFile network = where.read();
        String wanted = name.getValue();
        if (network.network().member(wanted).isPresent()) {
            throw new UsageException("there is a member \"" + wanted
                    + "\" already; remove it first, or edit its line in " + where.networkFile());
        }
        Member.Builder member =
                Member.builder(PublicKey.parse(key.getValue()), wanted).role(MemberRole.parse(role.getValue()));
        List<String> prefixes = allowed.getValue();
        member.allowedIps(
                prefixes.isEmpty()
                        ? network.network().nextAddresses()
                        : prefixes.stream().map(IpPrefix::parse).toList());
        groups.<List<String>>getValue().forEach(member::group);
        endpoints.<List<String>>getValue().forEach(each -> member.endpoint(Endpoint.parse(each)));
        Member added = member.build();
        where.write(network.with(added));
        out().println(added);
        sayChanged(added.name() + " is", where);
    }
}
