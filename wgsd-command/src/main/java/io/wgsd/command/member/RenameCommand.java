package io.wgsd.command.member;

import io.wgsd.members.Member;
import io.wgsd.members.NetworkFile;
import java.io.IOException;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Gives a member another name. */
final class RenameCommand extends InFolder {

    private final PositionalParamSpec name = name("0", "NAME", "What the host is called.");
    private final PositionalParamSpec other = name("1", "NEW", "What it is to be called.");

    RenameCommand() {
        super("rename", "Gives a member another name.");
        spec().addPositional(name).addPositional(other);
    }

    @Override
    void run(MemberFolder where) throws IOException {
        NetworkFile network = where.read();
        Member member = MemberFolder.require(network, name.getValue());
        Member renamed = member.toBuilder().name(other.getValue()).build();
        where.write(network.replace(member.name(), renamed));
        sayChanged(member.name() + " is called " + renamed.name(), where);
    }
}
