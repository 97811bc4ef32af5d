package io.wgsd.command.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What zsh itself offers with the script. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ZshCompletionTest {

    /** Types the words into a zsh at a terminal of its own, presses the tabulator key, and waits for what is offered. */
    private static final String PRESS = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell "PS1=; fpath=($PWD \\$fpath); autoload -Uz compinit; compinit -u -D; echo be''gin"
            zpty -r shell output '*begin*'
            zpty -n -w shell "$1"$'\\t'
            zpty -r shell output "*$2*" && echo offered
            zpty -d shell
            """;

    @TempDir
    private Path folder;

    @Test
    void commandsAndOptionsAreOfferedWithWhatTheyDo() throws IOException, InterruptedException {
        assertThat(press("tool ", "key*Keys.*run*Runs it; it ends by itself.")).containsExactly("offered");
        assertThat(press("tool key n", "new")).containsExactly("offered");
        assertThat(press("tool run --", "zone*The zone's name: \\[any\\].")).containsExactly("offered");
    }

    @Test
    void valuesAreOffered() throws IOException, InterruptedException {
        assertThat(press("tool run --how=", "fast*slow")).containsExactly("offered");
    }

    @Test
    void filesFoldersAndDevicesAreOffered() throws IOException, InterruptedException {
        Sample.write(folder, "settings.toml", "");
        folder.resolve("keys").toFile().mkdir();

        assertThat(press("tool run --config=set", "toml")).containsExactly("offered");
        assertThat(press("tool run --state=", "keys")).containsExactly("offered");
        assertThat(press("tool run ", "lo")).containsExactly("offered");
    }

    private List<String> press(String typed, String awaited) throws IOException, InterruptedException {
        Sample.write(folder, "_tool", ZshCompletion.of(Sample.tool()));
        return Sample.run("zsh", folder, "zsh", "-f", "-c", PRESS, "zsh", typed, awaited);
    }
}
