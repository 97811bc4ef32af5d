package io.wgsd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualFilesTest {

    @TempDir
    private Path folder;

    @Test
    void eachCommandHasAPageAndIsCompleted() throws IOException {
        ManualFiles.write(folder, "1.0");

        List<String> pages;
        try (Stream<Path> files = Files.list(folder.resolve("man/man1"))) {
            pages = files.map(file -> file.getFileName().toString()).toList();
        }
        List<String> commands = List.copyOf(Main.command().getSubcommands().keySet());
        assertThat(pages).contains("wgsd.1", "wgsd-key-new.1");
        assertThat(pages)
                .containsAll(commands.stream()
                        .map(command -> "wgsd-" + command + ".1")
                        .toList());
        for (String script : List.of("bash/wgsd", "zsh/_wgsd", "fish/wgsd.fish")) {
            assertThat(Files.readString(folder.resolve("completion").resolve(script)))
                    .contains(commands);
        }
    }
}
