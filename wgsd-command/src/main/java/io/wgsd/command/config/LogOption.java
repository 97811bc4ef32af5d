package io.wgsd.command.config;

import io.wgsd.command.log.ErrorStream;
import io.wgsd.command.log.Level;
import io.wgsd.command.log.LibraryLog;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The option of commands that stay, which says how much they log; the configuration file has the same setting. */
public final class LogOption {

    /** The option's name, which is that of the setting in a configuration file too. */
    public static final String NAME = "log-level";

    private final OptionSpec level = OptionSpecs.one(String.class, "--" + NAME)
            .paramLabel("LEVEL")
            .description("Log this and what matters more: error, warn, info (default) or debug.")
            .build();

    public CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(level);
    }

    /** Begins the log of this process, which takes what the library logs too. */
    public ErrorStream begin(PrintWriter err) {
        ErrorStream stream = ErrorStream.of(err);
        show(stream, Optional.empty());
        LibraryLog.passTo(stream);
        return stream;
    }

    /** Shows from now on what the command line says, or else the configuration file. */
    public void show(ErrorStream stream, Optional<Level> configured) {
        String given = level.<@Nullable String>getValue();
        stream.show(given == null ? configured.orElse(Level.INFO) : parse("--" + NAME, given));
    }

    /** Returns the level of a name that somebody has given. */
    public static Level parse(String setting, String name) {
        return Level.of(name)
                .orElseThrow(() ->
                        new UsageException(setting + " \"" + name + "\" is no level; there are: " + Level.words()));
    }
}
