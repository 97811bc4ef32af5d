package io.wgsd.command.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What bash itself offers with the script. */
@EnabledOnOs(OS.LINUX)
class BashCompletionTest {

    /** Does what bash does when the tabulator key is pressed behind the last of these words. */
    private static final String PRESS = """
            . ./script
            compopt() { :; } # there is no terminal
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            _tool
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir
    private Path folder;

    @Test
    void commandsAndOptionsAreOffered() throws IOException, InterruptedException {
        assertThat(offered("tool", "")).containsExactly("run", "key");
        assertThat(offered("tool", "key", "")).containsExactly("new");
        assertThat(offered("tool", "run", "--s")).containsExactly("--self", "--state");
    }

    @Test
    void valuesAreOfferedBehindABlankAndBehindAnEqualsSign() throws IOException, InterruptedException {
        assertThat(offered("tool", "run", "--how", "")).containsExactly("fast", "slow");
        assertThat(offered("tool", "run", "--how", "=")).containsExactly("fast", "slow");
        assertThat(offered("tool", "run", "--how", "=", "s")).containsExactly("slow");
        assertThat(offered("tool", "run", "--zone", "")).containsExactly("");
    }

    @Test
    void filesFoldersAndDevicesAreOffered() throws IOException, InterruptedException {
        Sample.write(folder, "two words.toml", "");
        folder.resolve("two folders").toFile().mkdir();

        assertThat(offered("tool", "run", "--config", "tw")).containsExactlyInAnyOrder("two folders", "two words.toml");
        assertThat(offered("tool", "run", "--state", "tw")).containsExactly("two folders");
        assertThat(offered("tool", "run", "l")).contains("lo");
    }

    private List<String> offered(String... words) throws IOException, InterruptedException {
        Sample.write(folder, "script", BashCompletion.of(Sample.tool()));
        return Sample.run(
                "bash",
                folder,
                "bash",
                Stream.concat(Stream.of("-c", PRESS, "bash"), Stream.of(words)).toArray(String[]::new));
    }
}
