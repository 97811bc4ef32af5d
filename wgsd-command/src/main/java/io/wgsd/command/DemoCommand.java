package io.wgsd.command;

import io.wgsd.command.demo.LabDemo;
import io.wgsd.command.demo.SimulatedDemo;
import io.wgsd.command.demo.Story;
import io.wgsd.command.options.OptionSpecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Tells the whole story on one machine, with real WireGuard if that is possible. */
final class DemoCommand extends Subcommand {

    private final OptionSpec simulated = OptionSpecs.flag("--simulated")
            .description("Use simulated WireGuard even where real WireGuard could be used.")
            .build();

    DemoCommand() {
        super("demo", "Tells the whole story on one machine: two peers behind NATs find each other and connect.");
        spec().addOption(simulated);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Story story = new Story(out());
        Optional<String> obstacle = simulated.<Boolean>getValue() ? Optional.of("as you asked") : obstacle();
        if (obstacle.isEmpty()) {
            return new LabDemo(story, home()).tell() ? 0 : 1;
        }
        story.say("This runs on simulated WireGuard in virtual time: " + obstacle.get() + ".");
        return new SimulatedDemo(story).tell() ? 0 : 1;
    }

    /** Returns why real WireGuard cannot be shown here; empty if it can. */
    private static Optional<String> obstacle() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")) {
            return Optional.of("namespaces for real WireGuard need Linux");
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("namespaces for real WireGuard need root (sudo ./wgsd demo)");
        }
        if (!Files.exists(Path.of("/dev/net/tun"))) {
            return Optional.of("real WireGuard needs /dev/net/tun, which this machine does not have");
        }
        if (!Files.isExecutable(home().resolve("lab/nat-lab"))) {
            return Optional.of("lab/nat-lab is not beside the command");
        }
        return Optional.empty();
    }

    /** The folder of the launcher, which sets this property. */
    private static Path home() {
        return Path.of(System.getProperty("wgsd.home", "."));
    }
}
