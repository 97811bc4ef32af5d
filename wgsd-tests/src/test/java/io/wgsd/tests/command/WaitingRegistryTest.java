package io.wgsd.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Registries whose devices are not all there when the command starts. */
@Timeout(120)
class WaitingRegistryTest {

    @TempDir
    private Path directory;

    @Test
    void aRegistryWaitsForItsDeviceAndKeepsNoOtherBack() throws Exception {
        Path config = Files.writeString(directory.resolve("wgsd.toml"), """
                [[registry]]
                zone = "example.com"
                device = "wg0"
                listen = ["127.0.0.1:53"]

                [[registry]]
                zone = "example.org"
                device = "wg1"
                listen = ["127.0.0.1:5353"]
                """);
        Path sockets = directory.resolve("status");
        try (LabNetwork network = LabNetwork.up(Files.createDirectory(directory.resolve("network")))) {
            LabNetwork.configure(network.wireGuard(), "07".repeat(32), 1, 3);
            Background registry = network.wgsd("registry", "--config=" + config, "--status-dir=" + sockets);
            registry.awaitLine("ready: zone example.com");
            registry.awaitLine(" WARN no device \"wg1\": ");
            registry.awaitLine("; waiting for it");
            Program.Result status = network.run(
                    Wgsd.command("status", "--status-dir=" + sockets).toArray(String[]::new));
            assertThat(status.status()).isEqualTo(1);
            assertThat(status.output())
                    .contains("PROBLEM zone example.org of device wg1: the device has not been read");

            LabNetwork.configure(network.wireGuard().alongside("wg1"), "08".repeat(32), 4, 3);

            registry.awaitLine("ready: zone example.org of device wg1");
            assertThat(registry.terminate()).isZero();
        }
    }
}
