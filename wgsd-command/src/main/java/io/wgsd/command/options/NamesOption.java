package io.wgsd.command.options;

import io.wgsd.members.PeerNames;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The option of commands that show peers. */
public final class NamesOption {

    private final OptionSpec.Builder builder =
            OptionSpecs.one(Path.class, "--names").paramLabel("FILE");
    private @Nullable OptionSpec names;

    /** Returns the option of a command that shows the names, and no more. */
    public CommandSpec mixin() {
        return mixin("Names of peers to show with their keys: a name and a key on each line.");
    }

    /**
     * Returns the option.
     *
     * @param description what the names are for
     */
    public CommandSpec mixin(String description) {
        OptionSpec made = builder.description(description).build();
        names = made;
        return CommandSpec.wrapWithoutInspection(this).addOption(made);
    }

    /** Reads the file; no names where none was given. */
    public PeerNames read() throws IOException {
        Path file = names == null ? null : names.<@Nullable Path>getValue();
        return file == null ? PeerNames.none() : NamesFile.read(file);
    }
}
