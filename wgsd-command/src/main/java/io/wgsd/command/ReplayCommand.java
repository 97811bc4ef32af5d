package io.wgsd.command;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.output.AgentEventFormat;
import io.wgsd.command.output.Json;
import io.wgsd.discovery.AgentRecording;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes an agent's decisions again, from the file that {@code wgsd agent --record} wrote, and prints what it did. */
final class ReplayCommand extends Subcommand {

    private final PositionalParamSpec file = PositionalParamSpec.builder()
            .index("0")
            .type(Path.class)
            .paramLabel("FILE")
            .required(true)
            .description("What \"wgsd agent --record\" wrote.")
            .build();

    private final OptionSpec json = OptionSpecs.flag("--json")
            .description("Print events as JSON, one on each line.")
            .build();

    ReplayCommand() {
        super("replay", "Shows what an agent did to its peers, and what it knew, from its record.");
        spec().addPositional(file).addOption(json);
    }

    @Override
    public Integer call() throws IOException {
        Path recorded = file.getValue();
        PrintWriter out = out();
        boolean asJson = json.<Boolean>getValue();
        for (AgentRecording.Entry entry : entries(recorded)) {
            out.println(
                    asJson
                            ? Json.write(AgentEventFormat.json(entry.at(), entry.event()))
                            : entry.at() + " " + AgentEventFormat.text(entry.event()));
        }
        out.flush();
        return 0;
    }

    private static List<AgentRecording.Entry> entries(Path recorded) throws IOException {
        try (Stream<String> lines = Files.lines(recorded)) {
            return AgentRecording.replay(lines);
        } catch (UncheckedIOException e) {
            throw new IOException(
                    "cannot read " + recorded + " as text; give the file that \"wgsd agent --record\" wrote", e);
        } catch (FormatException e) {
            throw new IOException(recorded + " is not the record of an agent: " + e.getMessage(), e);
        }
    }
}
