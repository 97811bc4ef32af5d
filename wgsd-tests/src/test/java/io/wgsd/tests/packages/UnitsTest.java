package io.wgsd.tests.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units, as systemd reads them. */
class UnitsTest {

    private static final Path UNITS = Path.of("../wgsd-command/src/main/dist/systemd");

    @TempDir
    private Path directory;

    @Test
    void systemdFindsNoFault() throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of(Program.require("systemd-analyze", "systemd"), "verify", "--man=no"));
        try (DirectoryStream<Path> units = Files.newDirectoryStream(UNITS)) {
            for (Path unit : units) {
                Path copy = directory.resolve(unit.getFileName().toString().replace("@", "@wg0"));
                // What they start is not installed on this machine.
                Files.writeString(copy, Files.readString(unit).replace("/opt/wgsd/wgsd", "/bin/true"));
                words.add(copy.toString());
            }
        }

        Program.Result result = Program.run(Duration.ofMinutes(1), new ProcessBuilder(words));

        assertThat(words).hasSizeGreaterThan(3);
        assertThat(result.output()).doesNotContain(directory.toString());
        assertThat(result.status()).isZero();
    }
}
