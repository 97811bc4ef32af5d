package io.wgsd.command.options;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Begins options, whose values {@link OptionSpec#getValue} returns once a command line was read.
 *
 * <p>They are built rather than annotated, since a process that has just begun takes twice as long to read annotations.
 */
public final class OptionSpecs {

    private OptionSpecs() {}

    /** Begins one that is given or not, and whose value is a {@code boolean}. */
    public static OptionSpec.Builder flag(String... names) {
        return OptionSpec.builder(names).type(boolean.class).initialValue(false);
    }

    /** Begins one that has a value of a type, or null where it is not given. */
    public static OptionSpec.Builder one(Class<?> type, String... names) {
        return OptionSpec.builder(names).type(type);
    }

    /** Begins one that may be repeated, and whose value is a {@link List}. */
    public static OptionSpec.Builder many(Class<?> element, String... names) {
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(element)
                .initialValue(List.of());
    }

    /** Adds what every command has. */
    public static void addHelp(CommandSpec command) {
        command.addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }
}
