package io.wgsd.tests.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The archive of classes that the launcher keeps beside the jars. */
@Tag("runtime")
class LauncherTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String WAIT = "WGSD_ARCHIVE=wait";
    private static final String FILE_IN_THE_DIRECTORY = "PK\001\002";
    private static final int TIME = 12;

    @TempDir
    private Path home;

    @BeforeEach
    void install() throws IOException, InterruptedException {
        Wgsd.require();
        Files.createDirectory(home.resolve("lib"));
        copy(Wgsd.LIBRARIES.resolveSibling("wgsd"));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Wgsd.LIBRARIES, "*.jar")) {
            for (Path jar : jars) {
                copy(jar);
            }
        }
    }

    @Test
    void theFirstStartMakesOneAndTheNextOnesKeepIt() throws IOException, InterruptedException {
        run(WAIT);
        List<Path> made = archives();
        run(WAIT);

        assertThat(made).hasSize(1);
        assertThat(archives()).isEqualTo(made);
    }

    @Test
    void anotherBuildIsNotRunFromTheArchiveOfTheFirst() throws IOException, InterruptedException {
        run(WAIT);
        List<Path> before = archives();

        changeUnseen(home.resolve("lib/wgsd.jar"));
        run(WAIT);

        assertThat(archives()).hasSize(1).isNotEqualTo(before);
    }

    /** The shell that starts the command may be hung up on, and a session that ends hangs up on all that it started. */
    @Test
    void theArchiveIsMadeEvenIfTheCommandIsHungUp() throws IOException, InterruptedException {
        Program.Result result = Program.run(
                LIMIT,
                new ProcessBuilder(
                        "setsid",
                        "--wait",
                        "sh",
                        "-c",
                        "'" + home.resolve("wgsd") + "' --version; trap '' HUP; kill -HUP 0; trap - HUP"));

        assertThat(result.output()).startsWith("wgsd ");
        Await.until(
                "one archive, and nothing beside it",
                LIMIT,
                () -> archives().size() == 1 && archives().stream().allMatch(Files::isRegularFile));
    }

    @Test
    void noArchiveIsMadeIfNoneIsWanted() throws IOException, InterruptedException {
        run("WGSD_NO_ARCHIVE=1");

        assertThat(archives()).isEmpty();
    }

    /** What ends soon is only compiled a little; what stays would be slow for good. */
    @ParameterizedTest
    @CsvSource({"registry, false", "relay, false", "agent, false", "client, true", "status, true"})
    void whatStaysIsCompiledAsWellAsJavaCan(String command, boolean onlyALittle)
            throws IOException, InterruptedException {
        Path java = Files.createDirectories(home.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        Program.Result result = Program.run(
                LIMIT,
                new ProcessBuilder(
                        "env",
                        "WGSD_NO_ARCHIVE=1",
                        "JAVA_HOME=" + home.resolve("java"),
                        home.resolve("wgsd").toString(),
                        command));

        assertThat(result.output()).endsWith(" " + command + "\n");
        assertThat(result.output().contains("TieredStopAtLevel")).isEqualTo(onlyALittle);
    }

    private void copy(Path file) throws IOException {
        Files.copy(file, home.resolve(Wgsd.LIBRARIES.getParent().relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void run(String... environment) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("env"));
        words.addAll(List.of(environment));
        words.addAll(List.of(home.resolve("wgsd").toString(), "--version"));
        Program.Result result = Program.run(LIMIT, new ProcessBuilder(words));

        assertThat(result.output()).startsWith("wgsd ");
        assertThat(result.output().lines()).hasSize(1);
        assertThat(result.status()).isZero();
    }

    private List<Path> archives() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(home.resolve("lib"), "*.jsa*")) {
            archives.forEach(found::add);
        }
        return found;
    }

    /** Changes a jar so that neither its size nor its time tells of it. */
    private static void changeUnseen(Path jar) throws IOException {
        FileTime time = Files.getLastModifiedTime(jar);
        byte[] bytes = Files.readAllBytes(jar);
        bytes[new String(bytes, ISO_8859_1).indexOf(FILE_IN_THE_DIRECTORY) + TIME] ^= 1;
        Files.write(jar, bytes);
        Files.setLastModifiedTime(jar, time);
    }
}
