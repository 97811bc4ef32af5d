package io.wgsd.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerialFileTest {

    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();

    @Test
    void theSerialIsReadBack() throws IOException {
        file().write(4294967295L);
        assertThat(file().read(notices::add)).hasValue(4294967295L);
        assertThat(notices).isEmpty();
    }

    @Test
    void withoutAFileThereIsNoSerial() throws IOException {
        assertThat(file().read(notices::add)).isEmpty();
        assertThat(notices).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0\0\0\0", "junk", "4294967296", "-1", "12 34"})
    void aDamagedFileIsSetAsideAndReported(String content) throws IOException {
        Path state = Files.writeString(folder.resolve("example.com.serial"), content);
        assertThat(file().read(notices::add)).isEmpty();
        assertThat(notices)
                .containsExactly("state file " + state + " does not hold a serial; it is now " + state
                        + ".unusable, and the serial begins with the time");
        assertThat(Path.of(state + ".unusable")).hasContent(content);
        assertThat(state).doesNotExist();
    }

    private SerialFile file() {
        return SerialFile.in(folder, DnsSdNames.parse("example.com"));
    }
}
