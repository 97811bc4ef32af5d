package io.wgsd.command.status;

import io.wgsd.command.host.StatusSocket;
import io.wgsd.command.options.OptionSpecs;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where the sockets for {@code wgsd status} are. */
public final class StatusOption {

    private final OptionSpec directory = OptionSpecs.one(Path.class, "--status-dir")
            .paramLabel("DIR")
            .defaultValue(StatusSocket.DIRECTORY)
            .description("Where the sockets for \"wgsd status\" are (default: ${DEFAULT-VALUE}).")
            .build();

    public CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(directory);
    }

    public Path directory() {
        return directory.getValue();
    }
}
