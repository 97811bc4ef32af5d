package io.wgsd.tests.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the Containerfile says, done in a clean Debian instead of a container. */
@Tag("release")
@Timeout(300)
class ContainerTest {

    private static final Path FILE = Path.of("../wgsd-command/src/container/Containerfile");
    /** CAP_NET_BIND_SERVICE is the tenth, and CAP_NET_ADMIN the twelfth: capabilities(7), linux/capability.h. */
    private static final String RIGHTS = "\t%016x\n".formatted(1 << 10 | 1 << 12);

    @TempDir
    private Path directory;

    private DebianRoot debian;
    private String file;

    @BeforeEach
    void build() throws IOException, InterruptedException {
        Path archive = Packages.archiveWithRuntime();
        file = Files.readString(FILE).replace("\\\n", "");
        debian = DebianRoot.with(directory);
        Files.copy(archive, debian.mnt().resolve(archive.getFileName()));
        debian.run("sh", "-ec", "cp /mnt/*.tar.gz /tmp");
        debian.run("sh", "-ec", instruction("RUN"));
    }

    @AfterEach
    void remove() throws IOException, InterruptedException {
        if (debian != null) {
            debian.close();
        }
    }

    @Test
    void theCommandRunsAndItsClassesAreArchived() throws IOException, InterruptedException {
        assertThat(enter("/opt/wgsd/wgsd", "demo", "--simulated")).contains("Alice and Bob talk directly.");
        assertThat(debian.run("sh", "-c", "ls /opt/wgsd/lib/*.jsa").lines()).hasSize(1);
    }

    @Test
    void itRunsWithoutOtherRightsThanItNeeds() throws IOException, InterruptedException {
        String status = enter("cat", "/proc/self/status");

        assertThat(status)
                .contains("CapEff:" + RIGHTS, "CapBnd:" + RIGHTS, "CapAmb:" + RIGHTS, "NoNewPrivs:\t1\n")
                .doesNotContain("Uid:\t0\t", "Gid:\t0\t");
    }

    /** Runs a program as the entry point runs the command. */
    private String enter(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(Pattern.compile("\"([^\"]*)\"")
                .matcher(instruction("ENTRYPOINT"))
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList());
        assertThat(all.remove(all.size() - 1)).isEqualTo("/opt/wgsd/wgsd");
        all.addAll(List.of(words));
        return debian.run(all.toArray(String[]::new));
    }

    private String instruction(String name) {
        return file.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
