package io.wgsd.command.names;

import io.wgsd.command.options.OptionSpecs;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The option of commands that show peers. */
public final class NamesOption {

    private final OptionSpec names = OptionSpecs.one(Path.class, "--names")
            .paramLabel("FILE")
            .description("Names of peers to show with their keys: a name and a key on each line.")
            .build();

    public CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(names);
    }

    /** Reads the file; no names where none was given. */
    public PeerNames read() throws IOException {
        Path file = names.<@Nullable Path>getValue();
        return file == null ? PeerNames.none() : PeerNames.read(file);
    }
}
