package io.wgsd.command.member;

import io.wgsd.members.Member;
import io.wgsd.members.NetworkFile;
import java.io.IOException;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes a member none for now, or one again. */
final class DisableCommand extends InFolder {

    private final PositionalParamSpec name = name("0", "NAME", "What the host is called.");

    private final boolean disable;

    DisableCommand(boolean disable) {
        super(
                disable ? "disable" : "enable",
                disable
                        ? "Makes a member none until it is enabled again: nobody else gets its name or addresses."
                        : "Makes a disabled member one again.");
        this.disable = disable;
        spec().addPositional(name);
    }

    @Override
    void run(MemberFolder where) throws IOException {
        NetworkFile network = where.read();
        Member member = MemberFolder.require(network, name.getValue());
        where.write(network.with(member.toBuilder().disabled(disable).build()));
        sayChanged(member.name() + (disable ? " is disabled" : " is enabled"), where);
    }
}
