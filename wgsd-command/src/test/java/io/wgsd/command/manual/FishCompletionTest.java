package io.wgsd.command.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What fish itself offers with the script. */
@EnabledOnOs(OS.LINUX)
class FishCompletionTest {

    @TempDir
    private Path folder;

    @Test
    void commandsAndOptionsAreOfferedWithWhatTheyDo() throws IOException, InterruptedException {
        assertThat(offered("tool ")).containsExactly("key\tKeys.", "run\tRuns it; it ends by itself.");
        assertThat(offered("tool key ")).containsExactly("new\tMakes a key.");
        assertThat(offered("tool run --z")).containsExactly("--zone\tThe zone's name: [any].");
    }

    @Test
    void valuesAreOffered() throws IOException, InterruptedException {
        assertThat(offered("tool run --how "))
                .extracting(FishCompletionTest::word)
                .containsExactly("fast", "slow");
        assertThat(offered("tool run --how=s"))
                .extracting(FishCompletionTest::word)
                .containsExactly("--how=slow");
    }

    @Test
    void filesFoldersAndDevicesAreOffered() throws IOException, InterruptedException {
        Sample.write(folder, "words.toml", "");
        folder.resolve("world").toFile().mkdir();

        assertThat(offered("tool run --config wor"))
                .extracting(FishCompletionTest::word)
                .containsExactly("words.toml", "world/");
        assertThat(offered("tool run --state wor"))
                .extracting(FishCompletionTest::word)
                .containsExactly("world/");
        assertThat(offered("tool run l")).extracting(FishCompletionTest::word).contains("lo");
    }

    private static String word(String line) {
        return line.split("\t", 2)[0];
    }

    private List<String> offered(String line) throws IOException, InterruptedException {
        Path script = Sample.write(folder, "tool.fish", FishCompletion.of(Sample.tool()));
        return Sample.run("fish", folder, "fish", "-c", "source " + script + "; complete -C '" + line + "'");
    }
}
