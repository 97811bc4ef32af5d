package io.wgsd.command.manual;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completion of a command line for bash. */
public final class BashCompletion {

    /** Bash splits words at each equals sign, so that an option's name may be two words before its value. */
    private static final String TEMPLATE = """
            # Completion of {name} for bash.
            _{name}() {
                local at='' current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words='' word
                COMPREPLY=()
                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case "$at $word" in
                        {paths}) at="$at $word" ;;
                    esac
                done
                if [[ $current == '=' ]]; then
                    current=
                elif [[ $before == '=' ]]; then
                    before=${COMP_WORDS[COMP_CWORD-2]}
                fi
                case "$at $before" in
            {values}    esac
                case "$at" in
            {words}    esac
                mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
            }
            complete -F _{name} {name}
            """;

    private BashCompletion() {}

    /** Writes the script for a command. */
    public static String of(CommandText top) {
        return TEMPLATE.replace(
                        "{paths}",
                        top.all()
                                .filter(command -> !command.equals(top))
                                .map(BashCompletion::pattern)
                                .collect(Collectors.joining(" | ")))
                .replace("{values}", values(top))
                .replace("{words}", words(top))
                .replace("{name}", top.name());
    }

    /** Returns the names beneath the top, each after a blank, as a pattern. */
    private static String pattern(CommandText command) {
        return "'" + at(command) + "'";
    }

    private static String at(CommandText command) {
        return command.path().stream().skip(1).map(name -> " " + name).collect(Collectors.joining());
    }

    private static String values(CommandText top) {
        return top.all()
                .flatMap(command -> command.options().stream()
                        .filter(option -> option.value().kind() != Value.Kind.NONE)
                        .map(option -> "        '" + at(command) + " " + option.longName() + "') "
                                + complete(option.value()) + "return ;;\n"))
                .collect(Collectors.joining());
    }

    private static String complete(Value value) {
        return switch (value.kind()) {
            case FILE -> "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$current\"); ";
            case FOLDER -> "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$current\"); ";
            case DEVICE -> from("$(command ls /sys/class/net 2>/dev/null)");
            case WORDS -> from(String.join(" ", value.words()));
            case NONE, OTHER -> "";
        };
    }

    private static String from(String words) {
        return "mapfile -t COMPREPLY < <(compgen -W \"" + words + "\" -- \"$current\"); ";
    }

    private static String words(CommandText top) {
        return top.all()
                .map(command -> "        " + pattern(command) + ") words=\"" + String.join(" ", next(command)) + "\""
                        + parameter(command) + " ;;\n")
                .collect(Collectors.joining());
    }

    private static List<String> next(CommandText command) {
        return Stream.concat(
                        command.commands().stream().map(CommandText::name),
                        command.options().stream().map(Argument::longName))
                .toList();
    }

    /** Returns what offers the command's parameter, unless an option was begun. */
    private static String parameter(CommandText command) {
        return command.parameters().stream()
                .findFirst()
                .map(Argument::value)
                .map(BashCompletion::complete)
                .filter(complete -> !complete.isEmpty())
                .map(complete -> "; if [[ $current != -* ]]; then " + complete + "return; fi")
                .orElse("");
    }
}
