package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.packages.DebianRoot;
import io.wgsd.tests.packages.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page about packages, followed in a clean Debian. What it says about containers needs podman, which does not run
 * where tests do; {@code ContainerTest} does what the Containerfile says.
 */
@Timeout(180)
class InstallingPageTest {

    static final String PAGE = "docs/installing.md";

    @TempDir
    private Path directory;

    @Test
    void thePackageIsInstalledUsedAndRemovedAsThePageSays() throws IOException, InterruptedException {
        follow("Debian and Ubuntu", Packages.deb());
    }

    @Test
    void theArchiveIsInstalledAsThePageSays() throws IOException, InterruptedException {
        follow("Anywhere else", Packages.archive());
    }

    private void follow(String heading, Path file) throws IOException, InterruptedException {
        try (DebianRoot debian = DebianRoot.withJava(directory)) {
            Files.copy(file, debian.mnt().resolve(file.getFileName()));
            Files.writeString(debian.mnt().resolve("registry.key"), "c2VjcmV0");
            List<Block> blocks = Page.blocks(PAGE).stream()
                    .filter(block -> block.heading().equals(heading))
                    .toList();
            assertThat(blocks).as("blocks below " + heading).isNotEmpty();
            for (Block block : blocks) {
                if (block.language().equals("toml")) {
                    Files.writeString(debian.mnt().resolve("registry.toml"), block.text());
                    debian.run("cp", "/mnt/registry.toml", "/etc/wgsd/registry.toml");
                } else {
                    follow(block.commands(), debian);
                }
            }
        }
    }

    private static void follow(List<String> commands, DebianRoot debian) throws IOException, InterruptedException {
        for (String command : commands) {
            if (command.startsWith("systemctl ")) {
                // systemd does not run here: that the unit is there is checked, and what it starts is tested elsewhere.
                String unit = command.substring(command.lastIndexOf(' ') + 1).replaceFirst("@.*", "@");
                assertThat(debian.run("find", "/usr/lib/systemd", "/etc/systemd", "-name", "wgsd-*"))
                        .contains("/" + unit + ".service");
            } else {
                debian.run("sh", "-ec", "cd /mnt; " + command);
            }
        }
    }
}
