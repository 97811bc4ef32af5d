package io.wgsd.command.manual;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option or a parameter of a command.
 *
 * @param names the option's names, the longest one last; empty for a parameter
 * @param label what its value is called; empty where it takes none
 * @param description what it does
 * @param required whether the command needs it
 * @param repeatable whether it may be given more than once
 * @param valueOptional whether it may be given without its value
 * @param value what it takes
 */
record Argument(
        List<String> names,
        String label,
        String description,
        boolean required,
        boolean repeatable,
        boolean valueOptional,
        Value value) {

    static Argument of(ArgSpec spec) {
        Value value = Value.of(spec);
        return new Argument(
                spec instanceof OptionSpec option ? names(option) : List.of(),
                value.kind() == Value.Kind.NONE ? "" : spec.paramLabel(),
                String.join(" ", spec.description()),
                spec.required(),
                spec.isMultiValue(),
                spec.isOption() && spec.arity().min() == 0 && spec.arity().max() > 0,
                value);
    }

    private static List<String> names(OptionSpec option) {
        return Stream.of(option.names())
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Returns an option's name in full, as in {@code --zone}. */
    String longName() {
        return names.get(names.size() - 1);
    }
}
