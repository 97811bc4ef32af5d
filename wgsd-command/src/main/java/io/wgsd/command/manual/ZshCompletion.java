package io.wgsd.command.manual;

import java.util.stream.Collectors;

/** Completion of a command line for zsh. */
public final class ZshCompletion {

    private final StringBuilder script = new StringBuilder();

    private ZshCompletion() {}

    /** Writes the script for a command. */
    public static String of(CommandText top) {
        return new ZshCompletion().write(top);
    }

    private String write(CommandText top) {
        script.append("#compdef ").append(top.name()).append("\n\n");
        top.all().forEach(this::add);
        script.append(function(top)).append(" \"$@\"\n");
        return script.toString();
    }

    private void add(CommandText command) {
        script.append(function(command)).append("() {\n");
        if (!command.commands().isEmpty()) {
            script.append("    local line state\n");
        }
        script.append("    _arguments -S");
        if (!command.commands().isEmpty()) {
            script.append(" -C");
        }
        command.options().forEach(option -> argument(option(option)));
        if (command.commands().isEmpty()) {
            command.parameters().forEach(parameter -> argument(":" + value(parameter)));
            script.append("\n}\n\n");
        } else {
            argument("1: :->command");
            argument("*:: :->words");
            script.append('\n');
            choose(command);
        }
    }

    /** Adds what offers the commands beneath a command, and hands on to the one that was given. */
    private void choose(CommandText command) {
        script.append("    case $state in\n        command)\n            local -a commands=(\n");
        command.commands()
                .forEach(each -> script.append("                ")
                        .append(quote(each.name() + ":" + escape(each.description())))
                        .append('\n'));
        script.append("            )\n            _describe command commands ;;\n        words)\n");
        script.append("            case $line[1] in\n");
        command.commands()
                .forEach(each -> script.append("                ")
                        .append(each.name())
                        .append(") ")
                        .append(function(each))
                        .append(" ;;\n"));
        script.append("            esac ;;\n    esac\n}\n\n");
    }

    private void argument(String argument) {
        script.append(" \\\n        ").append(quote(argument));
    }

    private static String option(Argument option) {
        String description = "[" + escape(option.description()) + "]";
        String repeatable = option.repeatable() ? "*" : "";
        if (option.label().isEmpty()) {
            return repeatable + option.longName() + description;
        }
        // What may be left out must follow the equals sign.
        return repeatable
                + option.longName()
                + (option.valueOptional() ? "=-" : "=")
                + description
                + (option.valueOptional() ? "::" : ":")
                + value(option);
    }

    private static String value(Argument argument) {
        String action = switch (argument.value().kind()) {
            case FILE -> "_files";
            case FOLDER -> "_files -/";
            case DEVICE -> "_net_interfaces";
            case WORDS -> "(" + String.join(" ", argument.value().words()) + ")";
            case NONE, OTHER -> "";
        };
        return escape(argument.label()) + ":" + action;
    }

    private static String function(CommandText command) {
        return command.path().stream().map(name -> "_" + name).collect(Collectors.joining());
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace(":", "\\:")
                .replace("[", "\\[")
                .replace("]", "\\]");
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
