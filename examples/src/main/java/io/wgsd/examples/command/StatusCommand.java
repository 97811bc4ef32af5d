package io.wgsd.examples.command;

import io.wgsd.model.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what running agents know. */
@Command(
        name = "status",
        description = "Shows what a running agent knows about its peers.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final String ENDING = ".sock";

    @Option(
            names = {"--device", "-device"},
            paramLabel = "DEVICE",
            description = "The device; all that agents look after without this.")
    private @Nullable String device;

    @Option(names = "--json", description = "Print an array of devices with their peers.")
    private boolean json;

    @Option(
            names = "--status-dir",
            paramLabel = "DIR",
            defaultValue = StatusSocket.DIRECTORY,
            description = "Where the agents' sockets are (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(StatusSocket.DIRECTORY);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Terminal.out(spec);
        PrintWriter err = Terminal.err(spec);
        List<String> answers = new ArrayList<>();
        boolean complete = true;
        for (Path socket : sockets()) {
            try {
                answers.add(StatusSocket.ask(socket, json ? "json" : "text").strip());
            } catch (IOException e) {
                complete = false;
                err.println("wgsd: no agent answers at " + socket + ": " + e.getMessage()
                        + "; is \"wgsd agent\" running, and may you connect to it?");
            }
        }
        if (json) {
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
        if (device != null) {
            return List.of(directory.resolve(Device.checkName(device) + ENDING));
        }
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }
}
