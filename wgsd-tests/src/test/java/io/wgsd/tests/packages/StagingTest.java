package io.wgsd.tests.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release that is only rehearsed ({@code .ci/stage}): all of it but the upload. */
@Tag("release")
class StagingTest {

    private static final String VERSION = "9.9.9";
    private static final List<String> MODULES = List.of(
            "wgsd-api",
            "wgsd-backend-cli",
            "wgsd-backend-netlink",
            "wgsd-backend-uapi",
            "wgsd-command",
            "wgsd-micrometer",
            "wgsd-portmap",
            "wgsd-relay",
            "wgsd-server",
            "wgsd-testkit");
    /** What Maven Central asks of a module. */
    private static final List<String> FILES = List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar");

    @TempDir
    private static Path directory;

    private static Path release;

    @BeforeAll
    static void rehearse() throws IOException, InterruptedException {
        Program.require("gpg", "gnupg");
        release = directory.resolve("release");
        Result result =
                Program.run(Duration.ofMinutes(20), new ProcessBuilder("../.ci/stage", VERSION, release.toString()));
        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    void eachPublishedModuleHasWhatCentralAsksForAndNothingElseIsThere() throws IOException {
        Path group = release.resolve("maven/io/wgsd");
        try (Stream<Path> folders = Files.list(group)) {
            List<String> all = new ArrayList<>(MODULES);
            all.addAll(List.of("wgsd-bom", "wgsd-parent"));
            assertThat(folders.map(folder -> folder.getFileName().toString())).containsExactlyInAnyOrderElementsOf(all);
        }
        for (String module : MODULES) {
            for (String file : FILES) {
                Path path = group.resolve(module + "/" + VERSION + "/" + module + "-" + VERSION + file);
                assertThat(path).exists();
                assertThat(Path.of(path + ".sha1")).exists();
                assertThat(Path.of(path + ".asc")).exists();
            }
        }
    }

    @Test
    void packagesHaveChecksumsAListOfContentsAndSignatures() throws IOException, InterruptedException {
        Path packages = release.resolve("packages");
        assertThat(packages.resolve("wgsd_" + VERSION + "_all.deb")).exists();
        assertThat(packages.resolve("wgsd-" + VERSION + ".tar.gz")).exists();
        assertThat(Files.readString(packages.resolve("wgsd-" + VERSION + ".cdx.json")))
                .contains("CycloneDX", "\"dnsjava\"", "BSD-3-Clause")
                .doesNotContain("\"junit-jupiter\"");

        String words = "export GNUPGHOME=\"$1\"; chmod 700 \"$1\"; sha256sum -c SHA256SUMS; gpg --import ../key.asc;"
                + " for each in *.asc; do gpg --verify \"$each\"; done; gpgconf --kill all";
        String keys = Files.createDirectory(directory.resolve("keys")).toString();
        Result checked = Program.run(
                Duration.ofMinutes(1), new ProcessBuilder("sh", "-ec", words, "sh", keys).directory(packages.toFile()));
        assertThat(checked.status()).as(checked.output()).isZero();
        assertThat(checked.output()).contains("wgsd_" + VERSION + "_all.deb: OK");
    }

    @Test
    void theChangesOfTheSourcesAreThere() throws IOException {
        assertThat(Files.readString(release.resolve("release.patch")))
                .contains("+## " + VERSION + ", ", "+  <version>" + VERSION + "</version>", "+    <version>" + VERSION);
    }
}
