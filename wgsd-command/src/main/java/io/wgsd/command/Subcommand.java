package io.wgsd.command;

import io.wgsd.command.options.OptionSpecs;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** A command of {@code wgsd}: results go to standard output, everything else to standard error. */
abstract class Subcommand implements Callable<Integer> {

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    /** Makes a command that so far has no options but {@code --help} and {@code --version}. */
    Subcommand(String name, String description) {
        spec.name(name).usageMessage().description(description);
        OptionSpecs.addHelp(spec);
    }

    /** Returns how the command is called. */
    final CommandSpec spec() {
        return spec;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
