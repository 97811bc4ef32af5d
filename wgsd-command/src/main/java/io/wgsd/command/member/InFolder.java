package io.wgsd.command.member;

import io.wgsd.command.Subcommand;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.members.Member;
import io.wgsd.members.NetworkFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command for the network in one folder. */
abstract class InFolder extends Subcommand {

    private final OptionSpec folder = OptionSpecs.one(Path.class, "--dir")
            .paramLabel("DIR")
            .defaultValue(".")
            .description("The folder with the network (default: this one).")
            .build();

    InFolder(String name, String description) {
        super(name, description);
        spec().addOption(folder);
    }

    @Override
    public final Integer call() throws IOException {
        run(new MemberFolder(folder.getValue()));
        out().flush();
        return 0;
    }

    abstract void run(MemberFolder where) throws IOException;

    /** Says that a change is in the file, and what makes it the network's. */
    final void sayChanged(String what, MemberFolder where) {
        err().println("wgsd: " + what + " in " + where.networkFile()
                + "; the others learn of it after: wgsd member sign, wgsd member publish");
    }

    /** Refuses a host what is kept for one that is invited. */
    static void requireFree(NetworkFile network, Member host, Instant now) {
        network.keptFrom(host, now).ifPresent(kept -> {
            throw new UsageException("an address of " + host.name() + " is kept for " + kept.name() + " until "
                    + kept.until() + "; give it another, or forget that invitation first: wgsd member remove "
                    + kept.name());
        });
    }

    static PositionalParamSpec name(String index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(index)
                .required(true)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }
}
