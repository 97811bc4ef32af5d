package io.wgsd.command.manual;

import java.util.stream.Collectors;

/** Completion of a command line for fish. */
public final class FishCompletion {

    private static final String TEMPLATE = """
            # Completion of {name} for fish.
            function __{name}_at --description 'Whether the words so far name this command'
                set -l at
                for word in (commandline -opc)[2..]
                    if contains -- "$at $word" {paths}
                        set at "$at $word"
                    end
                end
                test "$at" = "$argv"
            end
            complete -c {name} -f
            """;

    private final String program;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(CommandText top) {
        program = top.name();
    }

    /** Writes the script for a command. */
    public static String of(CommandText top) {
        return new FishCompletion(top).write(top);
    }

    private String write(CommandText top) {
        script.append(TEMPLATE.replace(
                        "{paths}",
                        top.all()
                                .filter(command -> !command.equals(top))
                                .map(FishCompletion::at)
                                .collect(Collectors.joining(" ")))
                .replace("{name}", program));
        top.all().forEach(this::add);
        return script.toString();
    }

    private void add(CommandText command) {
        command.commands().forEach(each -> line(command, "-a " + each.name() + describe(each.description())));
        command.options().forEach(option -> {
            String name = option.longName();
            line(
                    command,
                    "-l " + name.replaceFirst("^--", "")
                            + (option.valueOptional() ? "" : value(option.value()))
                            + describe(option.description()));
        });
        command.parameters().forEach(parameter -> {
            String value = value(parameter.value()).replace(" -x", "").replace(" -r", "");
            if (!value.isEmpty()) {
                line(command, value.strip() + describe(parameter.description()));
            }
        });
    }

    private void line(CommandText command, String what) {
        script.append("complete -c ")
                .append(program)
                .append(" -n \"__")
                .append(program)
                .append("_at ")
                .append(at(command))
                .append("\" ")
                .append(what)
                .append('\n');
    }

    /** Returns the names beneath the top, each after a blank, in quotes. */
    private static String at(CommandText command) {
        return command.path().stream().skip(1).map(name -> " " + name).collect(Collectors.joining("", "'", "'"));
    }

    private static String value(Value value) {
        return switch (value.kind()) {
            case NONE -> "";
            case FILE -> " -r -F";
            case FOLDER -> " -x -a '(__fish_complete_directories)'";
            case DEVICE -> " -x -a '(command ls /sys/class/net 2>/dev/null)'";
            case WORDS -> " -x -a '" + String.join(" ", value.words()) + "'";
            case OTHER -> " -x";
        };
    }

    private static String describe(String description) {
        return " -d '" + description.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
