package io.wgsd.internal.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rw-r-----"})
    void aSecretIsReadWhereOthersAreKeptOut(String mode) throws IOException {
        assertThat(InputFile.readSecret(file(mode), "key file")).isEqualTo("content".getBytes(US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-rw-", "rw-r--r--", "rw-rw----", "rw-----w-"})
    void aSecretThatOthersMayReadOrChangeIsRefused(String mode) {
        assertThatThrownBy(() -> InputFile.readSecret(file(mode), "key file"))
                .hasMessage("cannot read the key file " + folder.resolve("file") + ": its mode " + mode
                        + " lets other users in; chmod 600 it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw-r--", "rw-------"})
    void aFileWithoutSecretsIsReadIfOthersMayNotChangeIt(String mode) throws IOException {
        assertThat(InputFile.readTrusted(file(mode), "configuration file")).isEqualTo("content".getBytes(US_ASCII));
    }

    @Test
    void aFileThatAnybodyMayChangeIsRefused() {
        assertThatThrownBy(() -> InputFile.readTrusted(file("rw-rw-rw-"), "configuration file"))
                .hasMessageEndingWith("its mode rw-rw-rw- lets other users in; chmod 644 it");
    }

    @Test
    void aLinkIsFollowedToWhatCounts() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file("rw-------"));
        assertThat(InputFile.readSecret(link, "key file")).isEqualTo("content".getBytes(US_ASCII));
    }

    @Test
    @Timeout(20)
    void aFifoIsNotWaitedFor() throws IOException, InterruptedException {
        Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve("file").toString()).start();
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> InputFile.readSecret(folder.resolve("file"), "key file"))
                .hasMessageEndingWith(": it is not a regular file");
    }

    @Test
    void aFolderIsRefusedInWords() {
        assertThatThrownBy(() -> InputFile.readSecret(folder, "key file"))
                .hasMessage("cannot read the key file " + folder + ": it is a directory");
    }

    @Test
    void aMissingFileIsReportedInWords() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> InputFile.readSecret(missing, "key file"))
                .hasMessage("cannot read the key file " + missing + ": there is no such file or directory");
    }

    @Test
    void aNameThatBreaksALineIsEscaped() {
        Path missing = folder.resolve("one\ntwo");
        assertThatThrownBy(() -> InputFile.readSecret(missing, "key file"))
                .hasMessage("cannot read the key file " + folder.resolve("one\\ntwo")
                        + ": there is no such file or directory");
    }

    @Test
    void aFileInTheWayOfAPathIsSaidInWords() throws IOException {
        Path below = file("rw-------").resolve("below");
        assertThatThrownBy(() -> InputFile.readTrusted(below, "configuration file"))
                .hasMessageStartingWith("cannot read the configuration file " + below + ": ")
                .hasMessageEndingWith("not a directory");
    }

    @Test
    void aFileThatIsTooLongIsRefused() throws IOException {
        Files.write(file("rw-------"), new byte[InputFile.MAX_SIZE + 1]);
        assertThatThrownBy(() -> InputFile.readSecret(folder.resolve("file"), "key file"))
                .hasMessageEndingWith(": it is longer than 1048576 bytes");
    }

    private Path file(String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
