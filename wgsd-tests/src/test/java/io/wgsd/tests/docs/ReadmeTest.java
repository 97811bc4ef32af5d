package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README, followed in the NAT lab: on the registry, and on two peers that end with a direct tunnel. */
@Timeout(240)
class ReadmeTest {

    static final String PAGE = "README.md";

    private static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=";

    private static final String LIST = "dig +short +tries=1 @10.0.0.254 _wireguard._udp.wg.example.com PTR";

    @TempDir
    private Path directory;

    @Test
    void twoPeersFindEachOther() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up();
                Operator registry = host(lab, "registry");
                Operator alice = host(lab, "alice");
                Operator bob = host(lab, "bob");
                Operator owner = host(lab, "relay")) {
            Hosts hosts = new Hosts(owner, Map.of("hub", registry, "alice", alice, "bob", bob));
            registry.write("/etc/wgsd/registry.key", SECRET + "\n", "600");
            for (Block block : Page.blocks(PAGE)) {
                String text = block.text();
                if (block.language().equals("java") || text.startsWith("./wgsd demo ")) {
                    // The one is compiled by JavaPagesTest; the other is the command that runs this test.
                    continue;
                }
                if (text.startsWith("./wgsd member ") || text.startsWith("./wgsd join ")) {
                    hosts.follow(block);
                } else if (text.startsWith("ping ")) {
                    hosts.awaitEach(block);
                } else if (text.startsWith("./wgsd agent ")) {
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
                    assertThat(alice.run(LIST, block)).contains("._wireguard._udp.wg.example.com.");
                    assertThat(registry.run(LIST, block)).contains("._wireguard._udp.wg.example.com.");
                } else {
                    registry.follow(block);
                }
            }
        }
    }

    private Operator host(RealLab lab, String node) throws IOException, InterruptedException {
        return Operator.of(Files.createDirectory(directory.resolve(node)), words -> lab.inNode(node, words));
    }

    /**
     * An owner, and the hosts that join; what is pasted or copied from one to another is here.
     *
     * @param owner where the list of members is kept
     * @param members the hosts by name; what the page says of Alice, Bob does too
     */
    private record Hosts(Operator owner, Map<String, Operator> members) {

        private static final String RUNNING = "keep this running: ";

        void follow(Block block) throws IOException, InterruptedException {
            for (String command : block.commands()) {
                if (command.contains("alice")) {
                    run(command.replace("alice", "bob"), block);
                }
                run(command, block);
            }
        }

        private void run(String command, Block block) throws IOException, InterruptedException {
            if (command.startsWith("./wgsd join ")) {
                join(command.substring(command.lastIndexOf(' ') + 1), command, block);
            } else if (command.startsWith("scp ")) {
                // This is its /var/lib.
                hub().write("/lib/wgsd/members.zone", owner.read("members.zone"), "644");
            } else {
                owner.run(command, block);
            }
        }

        private void join(String name, String command, Block block) throws IOException, InterruptedException {
            Operator host = members.get(name);
            host.write(name, owner.read(name), "644");
            host.write("/etc/resolv.conf", "nameserver 10.7.0.1\noptions timeout:1\n", "644");
            String said = host.run(command, block);
            host.startAs(name, "./" + after(RUNNING, said));
            owner.run("./wgsd member add " + after("wgsd member add ", said) + " --dir network", block);
        }

        void awaitEach(Block block) throws IOException, InterruptedException {
            String ping = block.commands().get(0);
            for (Operator host : members.values()) {
                host.run("for i in $(seq 30); do ! " + ping + " || exit 0; sleep 1; done; exit 1", block);
            }
        }

        private Operator hub() {
            return members.get("hub");
        }

        private static String after(String words, String text) {
            return text.substring(text.indexOf(words) + words.length())
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
