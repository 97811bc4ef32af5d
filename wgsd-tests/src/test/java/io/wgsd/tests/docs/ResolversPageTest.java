package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The resolvers that Debian has and that need no more than a network: dnsmasq and Unbound. The others belong to a
 * desktop's or an init system's services, or to macOS, which a test does not have.
 */
@Timeout(120)
class ResolversPageTest {

    static final List<String> PAGES = List.of("docs/resolvers.md");

    private static final String RESOLVER = "127.0.0.1";
    private static final String NAME = "peer-1.wg.example.com";

    @TempDir
    private Path directory;

    private DocsNetwork host;

    @BeforeEach
    void up() throws IOException, InterruptedException {
        host = DocsNetwork.up(directory);
        Path names = LabNetwork.writeNames(directory.resolve("names"), 1, 3);
        host.operator().write("/etc/wgsd/names", Files.readString(names), "644");
        host.operator()
                .start("./wgsd registry --zone wg.example.com --device wg0 --names /etc/wgsd/names")
                .awaitLine("ready");
    }

    @AfterEach
    void down() throws IOException, InterruptedException {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void dnsmasqAsksTheRegistryForTheZone() throws IOException, InterruptedException {
        Program.require("dnsmasq", "dnsmasq-base");
        host.network()
                .background(List.of(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=" + configuration("conf"),
                        "--no-resolv",
                        "--stop-dns-rebind",
                        "--bind-interfaces",
                        "--listen-address=" + RESOLVER,
                        "--user=root",
                        "--pid-file=" + directory.resolve("pid")));

        assertResolves();
    }

    @Test
    void unboundAsksTheRegistryForTheZone() throws IOException, InterruptedException {
        Program.require("unbound", "unbound");
        Path base =
                Files.writeString(directory.resolve("unbound.conf"), """
                server:
                    chroot: ""
                    username: ""
                    use-syslog: no
                    pidfile: ""
                    interface: %s
                    private-address: 10.0.0.0/8
                include: "%s"
                remote-control:
                    control-enable: no
                """.formatted(RESOLVER, configuration("unbound")));
        host.network().background(List.of("unbound", "-d", "-p", "-c", base.toString()));

        assertResolves();
    }

    private Path configuration(String language) throws IOException {
        List<Block> blocks = Page.blocks(PAGES.get(0)).stream()
                .filter(block -> block.language().equals(language))
                .toList();
        assertThat(blocks).hasSize(1);
        return Files.writeString(directory.resolve(language), blocks.get(0).text());
    }

    private void assertResolves() throws IOException, InterruptedException {
        host.network().await(RESOLVER, NAME, "A", answer -> answer.strip().equals("10.0.0.1"));
        Path resolvers = Files.writeString(directory.resolve("resolv.conf"), "nameserver " + RESOLVER + "\n");
        String asked = "mount --bind " + resolvers + " /etc/resolv.conf && getent ahostsv4 " + NAME;
        assertThat(host.network().run("unshare", "-m", "sh", "-c", asked).output())
                .startsWith("10.0.0.1 ");
    }
}
