package io.wgsd.tests.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import io.wgsd.backend.cli.CliPeerSourceProvider;
import io.wgsd.backend.netlink.NetlinkPeerSourceProvider;
import io.wgsd.backend.uapi.UapiPeerSourceProvider;
import io.wgsd.model.PublicKey;
import io.wgsd.server.Registry;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.contract.Lab;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Program.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application in a Java runtime image (jlink) with the library, a registry and all backends. Every module in an
 * image must have a module-info: so JNR is left out, and JNA is the jar jna-jpms.
 */
@Tag("runtime")
@EnabledOnOs(OS.LINUX)
class RuntimeImageTest {

    private static final Path JLINK = Path.of(System.getProperty("java.home"), "bin", "jlink");
    private static final PublicKey PEER = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");

    @TempDir
    private static Path outside;

    private static Path image;

    @TempDir
    private Path sockets;

    @BeforeAll
    static void link() throws Exception {
        Lab.require(Files.isExecutable(JLINK), "this Java has no jlink: run the tests with a whole JDK");
        EmbeddingProject project = EmbeddingProject.build(
                "image",
                PackagedModules.require(
                        PeerSource.class,
                        Registry.class,
                        CliPeerSourceProvider.class,
                        NetlinkPeerSourceProvider.class,
                        UapiPeerSourceProvider.class),
                outside,
                "-Djna.version=" + Native.VERSION);
        image = outside.resolve("image");
        Result linked = Program.run(
                Duration.ofMinutes(2),
                new ProcessBuilder(
                        JLINK.toString(),
                        "--module-path=" + project.lib(),
                        "--add-modules=com.example.image,io.wgsd.backend.cli,io.wgsd.backend.netlink,io.wgsd.backend.uapi",
                        "--launcher=peers=com.example.image/com.example.image.Main",
                        "--output=" + image));
        assertThat(linked.output()).isEmpty();
        assertThat(linked.status()).isZero();
    }

    @Test
    void allBackendsAreInIt() throws Exception {
        assertThat(run().output())
                .contains("BackendStatus[name=uapi, ", "BackendStatus[name=netlink, ", "BackendStatus[name=cli, ");
    }

    @Test
    void nativeCodeLoadsByTheModularJna() throws Exception {
        // Whether there is a WireGuard is the machine's business; that netlink was asked is JNA's.
        assertThat(run().output())
                .doesNotContain("native code of JNA does not load")
                .doesNotContain("JEP 472");
    }

    @Test
    void aRegistryInItAnswersWithThePeersOfADevice() throws Exception {
        String device = "public_key=" + PEER.toHex() + "\nendpoint=192.0.2.1:51820\nallowed_ip=10.0.0.1/32\n";
        try (UserspaceDevice wg0 = UserspaceDevice.listen(sockets.resolve("wg0.sock"), device)) {
            assertThat(run().output()).contains(PEER.toBase32() + "====._wireguard._udp.example.com.");
        }
    }

    private Result run() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(image.resolve("bin/peers").toString(), sockets.toString());
        builder.environment().put("JAVA_TOOL_OPTIONS", "--enable-native-access=com.sun.jna");
        return Program.run(Duration.ofSeconds(30), builder);
    }
}
