package io.wgsd.command;

import io.wgsd.command.host.StatusSocket;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.output.ErrorText;
import io.wgsd.command.output.Terminal;
import io.wgsd.command.status.StatusAnswer;
import io.wgsd.command.status.StatusOption;
import io.wgsd.command.status.StatusQuery;
import io.wgsd.model.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** Prints what running agents, registries and relays know, and whether all is well. */
final class StatusCommand extends Subcommand {

    private static final int WELL = 0;
    private static final int NOT_WELL = 1;
    private static final int NOTHING_RUNS = 3;
    private static final int NOT_ASKED = 4;

    private static final long PAUSE_SECONDS = 2;
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final StatusOption place = new StatusOption();

    private final OptionSpec device = OptionSpecs.one(String.class, "--device", "-device")
            .paramLabel("DEVICE")
            .description("Show the agent and the registries of this device only (default: all that run here).")
            .build();

    private final OptionSpec json = OptionSpecs.flag("--json")
            .description("Print an array with an object for each agent, registry and relay.")
            .build();

    private final OptionSpec watch = OptionSpecs.flag("--watch")
            .description("Print it again every two seconds, until it is stopped.")
            .build();

    StatusCommand() {
        super(
                "status",
                "Shows what running agents, registries and relays know. The exit status is 0 where all is well, 1 where"
                        + " something is not, 3 where nothing runs, and 4 where something that runs could not be asked.");
        spec().addMixin("place", place.mixin())
                .addOption(device)
                .addOption(json)
                .addOption(watch);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String name = device.getValue();
        if (name != null) {
            Device.checkName(name);
        }
        Terminal terminal = Terminal.ofThisProcess();
        boolean again = watch.getValue();
        while (again) {
            show(terminal, terminal.isOne() ? CLEAR : "");
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        }
        return show(terminal, "");
    }

    /** Asks all and prints what they answer, at once. */
    private int show(Terminal terminal, String before) {
        boolean asJson = json.getValue();
        StatusQuery query = asJson ? StatusQuery.ofJson() : StatusQuery.of(terminal);
        List<String> answers = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        int status;
        try {
            status = ask(query, answers, complaints);
        } catch (IOException e) {
            status = NOT_ASKED;
            complaints.add("cannot list " + place.directory() + ": " + ErrorText.of(e));
        }
        PrintWriter out = out();
        out.print(before);
        if (asJson) {
            out.println("[" + String.join(",", answers) + "]");
        } else if (!answers.isEmpty()) {
            out.println(String.join("\n\n", answers));
        }
        out.flush();
        PrintWriter err = err();
        complaints.forEach(line -> err.println("wgsd: " + line));
        err.flush();
        return status;
    }

    private int ask(StatusQuery query, List<String> answers, List<String> complaints) throws IOException {
        boolean well = true;
        boolean unasked = false;
        for (Path socket : sockets()) {
            try {
                StatusAnswer answer = StatusAnswer.parse(StatusSocket.ask(socket, query.line()));
                answers.add(answer.body());
                well &= answer.isWell();
            } catch (ConnectException e) {
                well = false;
                complaints.add("nothing answers at " + socket + " any more: what did has ended without removing it");
            } catch (IOException e) {
                unasked = true;
                complaints.add("cannot ask at " + socket + ": " + ErrorText.of(e)
                        + "; only root and the user that it runs as may");
            }
        }
        if (answers.isEmpty() && !unasked) {
            if (complaints.isEmpty()) {
                complaints.add("no agent, registry or relay runs here, or it has another --status-dir");
            }
            return NOTHING_RUNS;
        }
        return !answers.isEmpty() && !well ? NOT_WELL : unasked ? NOT_ASKED : WELL;
    }

    private List<Path> sockets() throws IOException {
        try (Stream<Path> files = Files.list(place.directory())) {
            return files.filter(this::isMeant).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private boolean isMeant(Path socket) {
        String file = socket.getFileName().toString();
        if (!file.endsWith(StatusSocket.ENDING)) {
            return false;
        }
        String name = file.substring(0, file.length() - StatusSocket.ENDING.length());
        String wanted = device.getValue();
        return wanted == null
                || name.equals(wanted)
                || name.equals("registry:" + wanted)
                || name.startsWith("registry:" + wanted + ":");
    }
}
