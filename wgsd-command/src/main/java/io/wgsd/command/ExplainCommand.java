package io.wgsd.command;

import io.wgsd.command.explain.ExplainAnswer;
import io.wgsd.command.explain.ExplainQuery;
import io.wgsd.command.explain.Investigation;
import io.wgsd.command.host.StatusSocket;
import io.wgsd.command.options.BackendOption;
import io.wgsd.command.options.LookupOptions;
import io.wgsd.command.options.NamesOption;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.command.output.ErrorText;
import io.wgsd.command.output.Terminal;
import io.wgsd.command.status.StatusOption;
import io.wgsd.command.status.StatusQuery;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.model.Device;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Says by which path a peer is reached, and why it is not. */
final class ExplainCommand extends Subcommand {

    private static final int WELL = 0;
    private static final int NOT_WELL = 1;
    private static final int NOTHING_RUNS = 3;
    private static final int NOT_ASKED = 4;

    private final StatusOption place = new StatusOption();
    private final BackendOption backend = new BackendOption();
    private final LookupOptions registries = LookupOptions.optional();
    private final NamesOption names = new NamesOption();

    private final PositionalParamSpec peer = PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .type(String.class)
            .paramLabel("PEER")
            .description("The peer: its name, its key in base64 or base32, or the start of one of them.")
            .build();

    private final OptionSpec device = OptionSpecs.one(String.class, "--device", "-device")
            .paramLabel("DEVICE")
            .description("The device whose peer it is (default: ask all agents that run here).")
            .build();

    private final OptionSpec json =
            OptionSpecs.flag("--json").description("Print a JSON object.").build();

    ExplainCommand() {
        super(
                "explain",
                "Says by which path a peer is reached, why not by a better one, and what to do about it. It asks the agent"
                        + " that runs; without one it needs --device, and --dns and --zone to ask a registry. The exit"
                        + " status is 0 where the peer is reached, 1 where something is wrong, 3 where no agent runs and"
                        + " no device is given, and 4 where an agent could not be asked.");
        spec().addPositional(peer)
                .addMixin("place", place.mixin())
                .addMixin("backend", backend.mixin())
                .addMixin("registries", registries.mixin())
                .addMixin("names", names.mixin())
                .addOption(device)
                .addOption(json);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String wanted = device.getValue();
        if (wanted != null) {
            Device.checkName(wanted);
        }
        String text = peer.getValue();
        if (text.isEmpty() || text.length() > ExplainQuery.LONGEST_PEER || !text.matches("[A-Za-z0-9+/=-]+")) {
            throw new UsageException("\"" + text + "\" is neither a name nor a key; \"wgsd status\" lists the peers");
        }
        StatusQuery how = json.<Boolean>getValue() ? StatusQuery.ofJson() : StatusQuery.of(Terminal.ofThisProcess());
        ExplainQuery query = new ExplainQuery(text, how);
        List<String> complaints = new ArrayList<>();
        List<ExplainAnswer> answers = new ArrayList<>();
        for (Path socket : sockets(wanted)) {
            try {
                answers.add(ExplainAnswer.parse(StatusSocket.ask(socket, query.line())));
            } catch (ConnectException e) {
                // What made it has ended without removing it; whether another answers is seen below.
            } catch (IOException e) {
                complaints.add("cannot ask at " + socket + ": " + ErrorText.of(e)
                        + "; only root and the user that it runs as may");
            }
        }
        if (answers.isEmpty() && complaints.isEmpty() && wanted != null) {
            answers.add(withoutAgent(wanted, query));
        }
        return print(answers, complaints);
    }

    private ExplainAnswer withoutAgent(String wanted, ExplainQuery query) throws IOException, InterruptedException {
        List<DiscoveryClient> clients = registries.isGiven() ? List.of(registries.open()) : List.of();
        try (PeerSource source = backend.open()) {
            return Investigation.withoutAgent(source, wanted, clients, names.read(), query);
        } finally {
            clients.forEach(DiscoveryClient::close);
        }
    }

    private int print(List<ExplainAnswer> answers, List<String> complaints) {
        List<ExplainAnswer> found = answers.stream()
                .filter(answer -> answer.verdict() != ExplainAnswer.Verdict.UNKNOWN)
                .toList();
        found.forEach(answer -> out().println(answer.body()));
        out().flush();
        if (found.isEmpty()) {
            answers.forEach(answer -> complaints.add(answer.body()));
        }
        if (answers.isEmpty() && complaints.isEmpty()) {
            complaints.add(
                    "no agent runs here, or it has another --status-dir; with --device, and --dns and --zone, it is"
                            + " explained without one");
            complain(complaints);
            return NOTHING_RUNS;
        }
        complain(complaints);
        if (found.isEmpty()) {
            return answers.isEmpty() ? NOT_ASKED : NOT_WELL;
        }
        return found.stream().allMatch(answer -> answer.verdict() == ExplainAnswer.Verdict.WELL) ? WELL : NOT_WELL;
    }

    private void complain(List<String> complaints) {
        complaints.forEach(line -> err().println("wgsd: " + line));
        err().flush();
    }

    /** The socket of an agent has the name of its device, and those of registries and relays have a colon in it. */
    private List<Path> sockets(String wanted) throws IOException {
        try (Stream<Path> files = Files.list(place.directory())) {
            return files.filter(socket -> {
                        String file = socket.getFileName().toString();
                        return file.endsWith(StatusSocket.ENDING)
                                && file.indexOf(':') < 0
                                && (wanted == null || file.equals(wanted + StatusSocket.ENDING));
                    })
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
