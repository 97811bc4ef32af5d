package io.wgsd.command;

import io.wgsd.command.host.StatusSocket;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.model.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** Prints what running agents know. */
final class StatusCommand extends Subcommand {

    private static final String ENDING = ".sock";

    private final OptionSpec device = OptionSpecs.one(String.class, "--device", "-device")
            .paramLabel("DEVICE")
            .description("The device (default: all that have an agent).")
            .build();

    private final OptionSpec json = OptionSpecs.flag("--json")
            .description("Print an array of devices with their peers.")
            .build();

    private final OptionSpec directory = OptionSpecs.one(Path.class, "--status-dir")
            .paramLabel("DIR")
            .defaultValue(StatusSocket.DIRECTORY)
            .description("Where the agents' sockets are (default: ${DEFAULT-VALUE}).")
            .build();

    StatusCommand() {
        super("status", "Shows what a running agent knows about its peers.");
        spec().addOption(device).addOption(json).addOption(directory);
    }

    @Override
    public Integer call() throws IOException {
        boolean asJson = json.getValue();
        PrintWriter out = out();
        PrintWriter err = err();
        List<String> answers = new ArrayList<>();
        boolean complete = true;
        for (Path socket : sockets()) {
            try {
                answers.add(StatusSocket.ask(socket, asJson ? "json" : "text").strip());
            } catch (IOException e) {
                complete = false;
                err.println("wgsd: no agent answers at " + socket + ": " + e.getMessage()
                        + "; is \"wgsd agent\" running, and may you connect to it?");
            }
        }
        if (asJson) {
            out.println("[" + String.join(",", answers) + "]");
        } else if (!answers.isEmpty()) {
            out.println(String.join("\n\n", answers));
        } else if (complete) {
            err.println("wgsd: no agent runs here");
        }
        out.flush();
        return complete ? 0 : 1;
    }

    private List<Path> sockets() throws IOException {
        Path folder = directory.getValue();
        String name = device.getValue();
        if (name != null) {
            return List.of(folder.resolve(Device.checkName(name) + ENDING));
        }
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }
}
