package io.wgsd.command.member;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.members.Member;
import io.wgsd.members.MemberRole;
import io.wgsd.members.NetworkFile;
import io.wgsd.members.Reservation;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
            .description("An address of the host, or a network behind it; may be repeated (default: what was kept"
                    + " for an invited host, or else the next free address of each range).")
            .build();

    private final OptionSpec groups = OptionSpecs.many(String.class, "--group")
            .paramLabel("GROUP")
            .description("A group that it is in; may be repeated.")
            .build();

    private final OptionSpec role = OptionSpecs.one(String.class, "--role")
            .paramLabel("ROLE")
            .description("member, registry or relay (default: member, or what the host was invited as).")
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
        PublicKey shown = PublicKey.parse(key.getValue());
        Optional<Reservation> invited = network.reservation(wanted);
        Member added = invited.isPresent() ? invited(invited.get(), shown) : fresh(network, wanted, shown);
        requireFree(network, added, Instant.now());
        where.write(network.with(added));
        out().println(added);
        sayChanged(added.name() + " is", where);
    }

    private Member fresh(NetworkFile network, String wanted, PublicKey shown) {
        Member.Builder member = Member.builder(shown, wanted);
        if (role.getValue() != null) {
            member.role(MemberRole.parse(role.getValue()));
        }
        List<String> prefixes = allowed.getValue();
        member.allowedIps(
                prefixes.isEmpty()
                        ? network.nextAddresses(Instant.now())
                        : prefixes.stream().map(IpPrefix::parse).toList());
        groups.<List<String>>getValue().forEach(member::group);
        endpoints.<List<String>>getValue().forEach(each -> member.endpoint(Endpoint.parse(each)));
        return member.build();
    }

    /** Returns a host that has joined by an invitation, and has what was kept for it. */
    private Member invited(Reservation kept, PublicKey shown) {
        if (kept.isOver(Instant.now())) {
            throw new UsageException("the invitation of " + kept.name() + " has ended at " + kept.until()
                    + ", and its addresses may be somebody else's; let the host leave, and invite it again: wgsd member"
                    + " invite " + kept.name() + ", or forget it: wgsd member remove " + kept.name());
        }
        if (!allowed.<List<String>>getValue().isEmpty()
                || !endpoints.<List<String>>getValue().isEmpty()
                || role.getValue() != null) {
            throw new UsageException(kept.name()
                    + " was invited with all that it has, so leave out --allowed, --role and --endpoint; or forget the"
                    + " invitation first: wgsd member remove " + kept.name());
        }
        Member.Builder member = kept.host(shown).toBuilder();
        groups.<List<String>>getValue().forEach(member::group);
        return member.build();
    }
}
