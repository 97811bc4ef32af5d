package io.wgsd.command.member;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
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
            assertThatThrownBy(second::take)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("already makes the peers of this device");

            first.close();

            assertThatCode(second::take).doesNotThrowAnyException();
        }
    }
}
