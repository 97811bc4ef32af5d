package io.wgsd.command.manual;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command's manual says: its name, what it does, and what may follow its name.
 *
 * @param path the names of the commands above it, and its own as the last
 * @param description what it does
 * @param options its options, by name
 * @param parameters what it takes besides, in order
 * @param commands the commands beneath it, in the order of the usage message
 */
public record CommandText(
        List<String> path,
        String description,
        List<Argument> options,
        List<Argument> parameters,
        List<CommandText> commands) {

    /** Reads a command and all beneath it. */
    public static CommandText of(CommandSpec spec) {
        return of(spec, List.of());
    }

    private static CommandText of(CommandSpec spec, List<String> above) {
        List<String> path = new ArrayList<>(above);
        path.add(spec.name());
        return new CommandText(
                List.copyOf(path),
                String.join(" ", spec.usageMessage().description()),
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .map(Argument::of)
                        .sorted(Comparator.comparing(Argument::longName))
                        .toList(),
                spec.positionalParameters().stream().map(Argument::of).toList(),
                spec.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(command -> !command.usageMessage().hidden())
                        .map(command -> of(command, path))
                        .toList());
    }

    /** Returns the last part of the name, as in {@code new} for {@code wgsd key new}. */
    String name() {
        return path.get(path.size() - 1);
    }

    /** Returns this command and all beneath it. */
    public Stream<CommandText> all() {
        return Stream.concat(Stream.of(this), commands.stream().flatMap(CommandText::all));
    }
}
