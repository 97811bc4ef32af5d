package io.wgsd.command.member;

import io.wgsd.members.Member;
import io.wgsd.members.NetworkFile;
import io.wgsd.members.Reservation;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Removes a member for good. */
final class RemoveCommand extends InFolder {

    private final PositionalParamSpec name = name("0", "NAME", "What the host is called.");

    RemoveCommand() {
        super("remove", "Removes a member, or an invitation: the name and the addresses may become somebody else's.");
        spec().addPositional(name);
    }

    @Override
    void run(MemberFolder where) throws IOException {
        NetworkFile network = where.read();
        Optional<Reservation> invited = network.reservation(name.getValue());
        if (invited.isPresent()) {
            where.write(network.without(invited.get().name()));
            err().println("wgsd: " + invited.get().name() + " is not invited any more");
            return;
        }
        Member member = MemberFolder.require(network, name.getValue());
        where.write(network.without(member.name()));
        sayChanged(member.name() + " is no longer", where);
    }
}
