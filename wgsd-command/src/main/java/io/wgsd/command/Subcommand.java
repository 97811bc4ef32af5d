package io.wgsd.command;

import io.wgsd.command.options.OptionSpecs;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** A command of {@code wgsd}: results go to standard output, everything else to standard error. */
public abstract class Subcommand implements Callable<Integer> {

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    /** Makes a command with the options {@code --help} and {@code --version}; the others are added later. */
    protected Subcommand(String name, String description) {
        spec.name(name).usageMessage().description(description);
        OptionSpecs.addHelp(spec);
    }

    /** Returns the command's name, options and description. */
    public final CommandSpec spec() {
        return spec;
    }

    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
