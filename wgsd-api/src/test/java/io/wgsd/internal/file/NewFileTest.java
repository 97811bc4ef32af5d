package io.wgsd.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {

    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    private Path folder;

    /** Writes both kinds of files into a folder, in a process whose umask leaves others nothing. */
    public static void main(String[] arguments) throws IOException {
        NewFile.writePublic(Path.of(arguments[0], "public"), CONTENT);
        NewFile.writePrivate(Path.of(arguments[0], "private"), CONTENT);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whoMayReadItIsNoMatterOfTheUmask() throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask 077; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NewFileTest.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();

        assertThat(mode("public")).isEqualTo("rw-r--r--");
        assertThat(mode("private")).isEqualTo("rw-------");
    }

    @Test
    void whatIsThereAlreadyIsNotTouched() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        assertThatThrownBy(() -> NewFile.writePublic(file, CONTENT)).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(file).hasContent("mine");
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
