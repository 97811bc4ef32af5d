package io.wgsd.command.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceLockTest {

    @TempDir
    private Path folder;

    @Test
    void oneHolderHasItUntilItIsClosed() throws IOException {
        Path file = folder.resolve("state/wg0.members.lock");
        try (DeviceLock first = new DeviceLock(file);
                DeviceLock second = new DeviceLock(file)) {
            first.take();
            first.take();
            long locks = locks(file);
            assertThatThrownBy(second::take)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("already makes the peers of this device");
            assertThat(locks(file)).as("locks that other processes see").isEqualTo(locks);

            first.close();

            assertThatCode(second::take).doesNotThrowAnyException();
        }
    }

    /** A process loses its locks of a file with the first of its descriptors that is closed (fcntl(2)). */
    private static long locks(Path file) throws IOException {
        Path table = Path.of("/proc/locks");
        if (!Files.isReadable(table)) {
            return 0;
        }
        String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
        try (Stream<String> lines = Files.lines(table)) {
            return lines.filter(line -> line.contains("POSIX") && line.contains(inode))
                    .count();
        }
    }
}
