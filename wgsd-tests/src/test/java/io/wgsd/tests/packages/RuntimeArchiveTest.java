package io.wgsd.tests.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.tests.embedding.UserspaceDevice;
import io.wgsd.tests.process.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive with its own Java runtime, in a Debian that has nothing but its essential packages. */
@Tag("release")
@Timeout(300)
class RuntimeArchiveTest {

    private static final int MEGABYTE = 1_000_000;
    private static final PublicKey PEER = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");

    @TempDir
    private Path directory;

    private Path archive;
    private DebianRoot debian;

    @BeforeEach
    void unpack() throws IOException, InterruptedException {
        archive = Packages.archiveWithRuntime();
        debian = DebianRoot.with(directory);
        Files.copy(archive, debian.mnt().resolve("wgsd.tar.gz"));
        debian.run("tar", "-xzf", "/mnt/wgsd.tar.gz", "-C", "/opt");
        debian.run("sh", "-c", "ln -s /opt/wgsd-* /opt/wgsd; ! command -v java");
    }

    @AfterEach
    void remove() throws IOException, InterruptedException {
        if (debian != null) {
            debian.close();
        }
    }

    @Test
    void itIsLessThanSixtyMegabytes() throws IOException {
        assertThat(Files.size(archive)).isLessThan(60L * MEGABYTE);
    }

    @Test
    void theSimulatedDemoRuns() throws IOException, InterruptedException {
        assertThat(debian.run("/opt/wgsd/wgsd", "demo", "--simulated")).contains("Alice and Bob talk directly.");
    }

    @Test
    void theFirstStartArchivesItsClasses() throws IOException, InterruptedException {
        debian.run("env", "WGSD_ARCHIVE=wait", "/opt/wgsd/wgsd", "--version");

        assertThat(debian.run("sh", "-c", "ls /opt/wgsd/lib/*.jsa").lines()).hasSize(1);
    }

    @Test
    void aRegistryOfASignedZoneAndAnAgentRun() throws IOException, InterruptedException {
        Path sockets = Files.createDirectory(debian.run().resolve("wireguard"));
        String port = Integer.toString(Ports.free());
        String device = "public_key=" + PEER.toHex() + "\nendpoint=192.0.2.1:51820\nallowed_ip=10.0.0.1/32\n";
        String[] algorithms = {"ed25519", "p256"};
        try (UserspaceDevice wg0 = UserspaceDevice.listen(sockets.resolve("wg0.sock"), device)) {
            for (String algorithm : algorithms) {
                String keys = "/etc/keys-" + algorithm;
                debian.run(
                        "/opt/wgsd/wgsd",
                        "key",
                        "new",
                        "--zone=example.com",
                        "--dir=" + keys,
                        "--algorithm=" + algorithm);
                try (Background registry = start(
                        "registry",
                        "--zone=example.com",
                        "--device=wg0",
                        "--listen=127.0.0.1:" + port,
                        "--sign=" + keys)) {
                    registry.awaitLine("ready");
                    assertThat(debian.run("/opt/wgsd/wgsd", "browse", "--zone=example.com", "--dns=127.0.0.1:" + port))
                            .contains(PEER.toBase64());
                    try (Background agent = start(
                            "agent",
                            "--zone=example.com",
                            "--device=wg0",
                            "--dns=127.0.0.1:" + port,
                            "--insecure-dns")) {
                        agent.awaitLine("ready: the agent maintains the peers of wg0");
                    }
                }
            }
        }
    }

    private Background start(String... arguments) throws IOException {
        String[] words = new String[arguments.length + 1];
        words[0] = "/opt/wgsd/wgsd";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        return debian.start(words);
    }
}
