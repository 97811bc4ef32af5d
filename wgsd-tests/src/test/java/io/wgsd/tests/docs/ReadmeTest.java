package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README, followed in the NAT lab: on the registry, and on two peers that end with a direct tunnel. */
@Timeout(240)
class ReadmeTest {

    static final String PAGE = "README.md";

    private static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=";

    private static final String LIST = "dig +short +tries=1 @10.0.0.254 _wireguard._udp.example.com PTR";

    @TempDir
    private Path directory;

    @Test
    void twoPeersFindEachOther() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up();
                Operator registry = host(lab, "registry");
                Operator alice = host(lab, "alice");
                Operator bob = host(lab, "bob")) {
            registry.write("/etc/wgsd/registry.key", SECRET + "\n", "600");
            for (Block block : Page.blocks(PAGE)) {
                String text = block.text();
                if (block.language().equals("java") || text.startsWith("./wgsd demo ")) {
                    // The one is compiled by JavaPagesTest; the other is the command that runs this test.
                    continue;
                }
                if (text.startsWith("./wgsd agent ")) {
                    alice.follow(block);
                    bob.follow(block);
                    assertThat(lab.ping(20)).as("a direct tunnel").isTrue();
                } else if (text.startsWith("dig ")) {
                    alice.follow(block);
                    List<String> commands = block.commands();
                    assertThat(alice.run(commands.get(1), block))
                            .as(commands.get(1))
                            .contains("status: NOERROR")
                            .containsPattern("\\sSRV 0 0 41424 ");
                } else if (text.startsWith("nft ")) {
                    registry.follow(block);
                    // Peers are heard, and the registry's own host is.
                    assertThat(alice.run(LIST, block)).contains("._wireguard._udp.example.com.");
                    assertThat(registry.run(LIST, block)).contains("._wireguard._udp.example.com.");
                } else {
                    registry.follow(block);
                }
            }
        }
    }

    private Operator host(RealLab lab, String node) throws IOException, InterruptedException {
        return Operator.of(Files.createDirectory(directory.resolve(node)), words -> lab.inNode(node, words));
    }
}
