package io.wgsd.command.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {

    private final List<String> reports = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void eachLineIsInTheFileAtOnceAndForItsOwnerAlone() throws IOException {
        Path path = folder.resolve("record");
        RecordFile record = RecordFile.create(path, reports::add);
        record.accept("seed 1");
        assertThat(path).hasContent("seed 1\n");
        record.accept("gone");
        assertThat(path).hasContent("seed 1\ngone\n");
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(reports).isEmpty();
    }

    @Test
    void theRecordOfTheStartBeforeIsKept() throws IOException {
        Path path = Files.writeString(folder.resolve("record"), "of before\n");
        RecordFile.create(path, reports::add).accept("seed 1");
        assertThat(path).hasContent("seed 1\n");
        assertThat(folder.resolve("record.old")).hasContent("of before\n");
    }

    @Test
    void aLinkIsMovedAndNotWrittenThrough() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "untouched\n");
        Path path = Files.createSymbolicLink(folder.resolve("record"), target);
        RecordFile.create(path, reports::add).accept("seed 1");
        assertThat(path).isRegularFile().hasContent("seed 1\n");
        assertThat(target).hasContent("untouched\n");
    }

    @Test
    void aFullRecordEndsWithOneReport() throws IOException {
        Path path = folder.resolve("record");
        RecordFile record = RecordFile.create(path, 10, reports::add);
        record.accept("seed 1");
        record.accept("gone");
        record.accept("gone");
        assertThat(path).hasContent("seed 1\n");
        assertThat(reports).containsExactly("recording to " + path + " has ended: it would have more than 10 bytes");
    }

    @Test
    void whereThereIsNoSuchFolderTheErrorSaysSo() {
        Path path = folder.resolve("missing/record");
        assertThatThrownBy(() -> RecordFile.create(path, reports::add))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot record to " + path + ": there is no such file or directory");
    }
}
