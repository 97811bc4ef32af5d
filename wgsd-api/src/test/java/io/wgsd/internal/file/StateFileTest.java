package io.wgsd.internal.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir
    private Path folder;

    @Test
    void holdsWhatWasWrittenLast() throws IOException {
        StateFile file = file("below/state");
        file.write(bytes("old"));
        file.write(bytes("new"));
        assertThat(file.read().orElseThrow()).isEqualTo(bytes("new"));
    }

    @Test
    void isEmptyWhereThereIsNone() throws IOException {
        assertThat(file("state").read()).isEmpty();
    }

    @Test
    void leavesNothingBesideIt() throws IOException {
        file("state").write(bytes("content"));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("state"));
        }
    }

    @Test
    void replacesALinkRatherThanWhatItLeadsTo() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "precious");
        Files.createSymbolicLink(folder.resolve("state"), other);
        Files.createSymbolicLink(folder.resolve("state.new"), other);
        file("state").write(bytes("content"));
        assertThat(other).hasContent("precious");
        assertThat(folder.resolve("state")).isRegularFile().hasContent("content");
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        file("state").write(bytes("content"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("state"))))
                .isEqualTo("rw-------");
    }

    @Test
    void isNotReadThroughALink() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "forged");
        Files.createSymbolicLink(folder.resolve("state"), other);
        assertThatThrownBy(() -> file("state").read())
                .isInstanceOf(UnfitFileException.class)
                .hasMessageEndingWith("is a link");
    }

    @Test
    void namesItselfInOneLineWhereItIsUnfit() throws IOException {
        Files.createDirectory(folder.resolve("one\ntwo"));
        assertThatThrownBy(() -> file("one\ntwo").read())
                .hasMessage("state file " + folder.resolve("one\\ntwo") + " is not a regular file");
    }

    @Test
    @Timeout(20)
    void isNotWaitedForWhereItIsAFifo() throws IOException, InterruptedException {
        Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve("state").toString()).start();
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> file("state").read())
                .isInstanceOf(UnfitFileException.class)
                .hasMessageEndingWith("is not a regular file");
    }

    @Test
    void isNotReadBeyondItsLimit() throws IOException {
        Files.write(folder.resolve("state"), new byte[101]);
        assertThatThrownBy(() -> file("state").read())
                .isInstanceOf(UnfitFileException.class)
                .hasMessageEndingWith("is longer than 100 bytes");
    }

    @Test
    void isNotTrustedWhereOthersMayHaveWrittenIt() throws IOException {
        Path state = Files.writeString(folder.resolve("state"), "forged");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> file("state").read())
                .isInstanceOf(UnfitFileException.class)
                .hasMessageContaining("its mode rw-rw-rw- lets other users in");
    }

    @Test
    void isNotTrustedWhereItBelongsToSomebodyElse() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give a file away");
        Path state = Files.writeString(folder.resolve("state"), "forged");
        Files.setAttribute(state, "unix:uid", 65534);
        assertThatThrownBy(() -> file("state").read())
                .isInstanceOf(UnfitFileException.class)
                .hasMessageContaining("it belongs to another user");
    }

    @Test
    void isSetAsideUnderAnotherNameEachTime() throws IOException {
        for (String name : new String[] {"state.unusable", "state.unusable2", "state.unusable3"}) {
            Files.writeString(folder.resolve("state"), name);
            assertThat(file("state").setAside()).isEqualTo(folder.resolve(name)).hasContent(name);
        }
        assertThat(file("state").read()).isEmpty();
    }

    @Test
    void saysInWordsWhyItCannotBeWritten() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "");
        assertThatThrownBy(() -> file("other/state").write(bytes("content")))
                .hasMessageStartingWith("cannot write the state file " + other.resolve("state") + ": ")
                .hasMessageEndingWith(other + " is not a directory");
    }

    private StateFile file(String name) {
        return new StateFile(folder.resolve(name), 100);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
