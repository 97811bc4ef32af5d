package io.wgsd.command.join;

import io.wgsd.command.Subcommand;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.internal.file.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes this host a member: sets up its device, and prints the line with which the network's owner adds it. */
public final class JoinCommand extends Subcommand {

    private final Host host;
    private final Places places = new Places();

    private final PositionalParamSpec words = PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("INVITATION")
            .description("What \"wgsd member invite\" has printed, or a file with it; - is standard input.")
            .build();

    private final OptionSpec noStart = OptionSpecs.flag("--no-start")
            .description("Only write the files, as for an image, and say what to do with them.")
            .build();

    /** Makes the command for the host on which it runs. */
    public JoinCommand() {
        this(new ThisHost());
    }

    JoinCommand(Host host) {
        super("join", "Makes this host a member of a network by an invitation, and prints a line for its owner.");
        this.host = host;
        spec().addMixin("places", places.mixin()).addPositional(words).addOption(noStart);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Invitation invitation = invitation(words.getValue());
        Places.Files files = places.files();
        Joining joining = new Joining(host, files, line -> err().println("wgsd: " + line));
        Optional<Made> before = joining.before(invitation);
        Made made;
        if (before.isPresent()) {
            made = before.get();
            err().println("wgsd: " + files.device() + " is there already");
        } else {
            boolean start = host.isLinux() && !noStart.<Boolean>getValue();
            made = joining.join(invitation, Instant.now(), start);
            if (!start) {
                err().println("wgsd: nothing was started; bring the device up from " + files.configuration()
                        + ", and keep this running: " + joining.command(invitation));
            }
        }
        err().println("wgsd: " + files.device() + " works once the network's owner has run this, and then: wgsd member"
                + " sign, wgsd member publish");
        out().println("wgsd member add " + made.name() + " --key " + made.key());
        out().flush();
        return 0;
    }

    private static Invitation invitation(List<String> words) throws IOException {
        if (words.size() > 1 || words.get(0).contains("=")) {
            return Invitation.parse(words);
        }
        String where = words.get(0);
        byte[] text = where.equals("-")
                ? System.in.readNBytes(InputFile.MAX_SIZE)
                : InputFile.readTrusted(Path.of(where), "invitation");
        return Invitation.parse(new String(text, StandardCharsets.UTF_8));
    }
}
