package io.wgsd.tests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code wgsd status} says of a registry and an agent that run, and its exit status. */
@Timeout(180)
class StatusTest {

    @TempDir
    private Path directory;

    private Path sockets;
    private LabNetwork network;

    @BeforeEach
    void up() throws IOException, InterruptedException {
        network = LabNetwork.up(directory);
        LabNetwork.configure(network.wireGuard(), "07".repeat(32), 1, 3);
        sockets = directory.resolve("status");
    }

    @AfterEach
    void down() throws InterruptedException {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void whereNothingRunsItSaysSo() throws Exception {
        assertThat(status().status()).isEqualTo(3);
        assertThat(status().output()).startsWith("wgsd: no agent, registry or relay runs here");
        assertThat(status("--json").status()).isEqualTo(3);
    }

    @Test
    void aRegistryAndAnAgentAreShown() throws Exception {
        Background registry = registry();
        agent("127.0.0.1:53");

        Program.Result shown = await(result -> result.output().contains("127.0.0.1:53  up"));

        assertThat(shown.output())
                .contains("example.com: registry of wg0 at 127.0.0.1:53\n  zone        serial ")
                .contains("wg0: agent, 3 peers: ")
                .contains("  PEER        STATE ");
        assertThat(shown.output().lines()).allMatch(line -> line.length() <= 80);
        assertThat(status("--json").output())
                .startsWith("[{\"kind\":\"registry\",\"zone\":\"example.com\",")
                .contains("},{\"kind\":\"agent\",\"device\":\"wg0\",")
                .endsWith("}]\n");

        registry.terminate();
        assertThat(status("--device", "wg0").output()).startsWith("wg0: agent,");
        assertThat(status("--device", "wg7").status()).isEqualTo(3);
    }

    @Test
    void aDeviceThatDoesNotAnswerIsNotWell() throws Exception {
        registry();
        assertThat(status().status()).as(status().output()).isZero();

        network.wireGuard().pause();

        assertThat(await(result -> result.status() == 1).output()).contains("PROBLEM zone example.com of device wg0");
    }

    @Test
    void whatHasDiedIsNamed() throws Exception {
        registry().kill();

        Program.Result result = status();

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.output()).contains("nothing answers at " + sockets + "/registry:wg0.sock any more");
    }

    @Test
    void whatDoesNotAnswerAsItShouldCouldNotBeAsked() throws Exception {
        Files.createDirectories(sockets);
        Path socket = sockets.resolve("wg0.sock");
        network.background(List.of(
                "python3",
                "-c",
                "import socket; s = socket.socket(socket.AF_UNIX); s.bind('" + socket
                        + "'); s.listen()\nwhile True: c, _ = s.accept(); c.recv(9); c.sendall(b'?'); c.close()"));
        while (!Files.exists(socket)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }

        assertThat(await(result -> result.status() == 4).output()).contains("its answer makes no sense");
    }

    private Background registry() throws IOException, InterruptedException {
        Background registry = network.wgsd(
                "registry", "--zone=example.com", "--device=wg0", "--listen=127.0.0.1:53", "--status-dir=" + sockets);
        registry.awaitLine("ready");
        return registry;
    }

    private void agent(String dns) throws IOException, InterruptedException {
        network.wgsd(
                        "agent",
                        "--zone=example.com",
                        "--device=wg0",
                        "--dns=" + dns,
                        "--insecure-dns",
                        "--status-dir=" + sockets)
                .awaitLine("ready");
    }

    private Program.Result status(String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("status", "--status-dir=" + sockets));
        words.addAll(List.of(options));
        return network.run(Wgsd.command(words.toArray(String[]::new)).toArray(String[]::new));
    }

    private Program.Result await(Predicate<Program.Result> expected) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LabNetwork.LIMIT.toNanos();
        Program.Result result = status();
        while (!expected.test(result)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(result + "\n" + network.logs());
            }
            result = status();
        }
        return result;
    }
}
