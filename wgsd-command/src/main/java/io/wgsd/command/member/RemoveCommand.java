package io.wgsd.command.member;

import io.wgsd.members.Member;
import io.wgsd.members.NetworkFile;
import java.io.IOException;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Removes a member for good. */
final class RemoveCommand extends InFolder {

    private final PositionalParamSpec name = name("0", "NAME", "What the host is called.");

    RemoveCommand() {
        super("remove", "Removes a member: its name and its addresses may become somebody else's.");
        spec().addPositional(name);
    }

    @Override
    void run(MemberFolder where) throws IOException {
        NetworkFile network = where.read();
        Member member = MemberFolder.require(network, name.getValue());
        where.write(network.without(member.name()));
        sayChanged(member.name() + " is no longer", where);
    }
}
