package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages for operators, followed as they are written, over wireguard-go. */
@Timeout(180)
class OperatorPagesTest {

    static final List<String> PAGES = List.of(
            "docs/agent.md",
            "docs/configuration.md",
            "docs/explain.md",
            "docs/members.md",
            "docs/metrics.md",
            "docs/netcheck.md",
            "docs/operating.md",
            "docs/relay.md",
            "docs/signing.md",
            "docs/speed.md",
            "docs/status.md",
            "docs/tls.md");

    /** What begins like this is not run, and why. */
    private static final Map<String, String> NOT_RUN = Map.of(
            "systemctl ", "systemd does not run where tests do; what its unit starts is run",
            "[Service]", "systemd does not run where tests do",
            "sysctl -w net.core.", "it changes the machine, in whatever network it is run",
            "wgsd: ", "it shows what is printed",
            "ERROR ", "it shows what is logged");

    @TempDir
    private Path directory;

    private DocsNetwork host;
    private Operator operator;

    @BeforeEach
    void up() throws IOException, InterruptedException {
        host = DocsNetwork.up(directory);
        operator = host.operator();
    }

    @AfterEach
    void down() throws IOException, InterruptedException {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void aRegistryIsConfiguredByTheFileOnThePage() throws IOException, InterruptedException {
        host.addDevice("wg1", "10.1.0.254/24");
        operator.run("./wgsd key new --zone wg.example.com --dir /etc/wgsd/keys", "what the file names");
        operator.write("/etc/wgsd/names", "alice xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=\n", "644");
        List<Block> blocks = Page.blocks("docs/configuration.md");
        for (Block block : blocks) {
            if (block.language().equals("toml")) {
                operator.write("/etc/wgsd.toml", block.text(), "644");
            }
        }
        follow(blocks.stream().filter(block -> block.language().isEmpty()).toList());

        // The registry's own device is in the list of the first.
        host.awaitListed("wg.example.com", DocsNetwork.TUNNEL_ADDRESS, 4);
        host.awaitListed("example.org", "10.1.0.254", 3);
    }

    @Test
    void aZoneIsSignedAndItsKeyRolledAsThePageSays() throws IOException, InterruptedException {
        // Somewhere else to ask, which is the registry under another address.
        operator.run(
                "nft add table ip other; nft add chain ip other out '{ type nat hook output priority -100; }';"
                        + " nft add rule ip other out ip daddr 192.0.2.2 dnat to 10.0.0.254;"
                        + " ip route add 192.0.2.2/32 dev lo",
                "the secondary");
        String old = "";
        for (Block block : Page.blocks("docs/signing.md")) {
            if (block.text().contains("delv ")) {
                operator.write("anchor", anchor(), "644");
            }
            follow(List.of(block.with("12345", old)));
            if (old.isEmpty()) {
                old = operator.run(ONLY_KEY, block).strip();
            }
            // The page says "after a reload": both keys sign then, and later the new one alone.
            if (block.text().contains("key roll")) {
                reload(2);
            } else if (block.text().contains("key retire")) {
                reload(1);
            }
        }

        assertThat(host.dig("wg.example.com", "DNSKEY").lines()).isNotEmpty();
        assertThat(operator.read("registry.ds")).containsPattern("\\sDS\\s");
    }

    @Test
    void membersAreListedAndSignedAsThePageSays() throws IOException, InterruptedException {
        List<Block> blocks = Page.blocks("docs/members.md");

        follow(blocks.stream().filter(block -> block.language().isEmpty()).toList());

        String list = operator.read("network/network.members")
                .replaceAll("(?m)^(invited carol|member phone|member tablet) .*\n", "");
        assertThat(operator.read("image/etc/wireguard/wgsd0.conf")).contains("\nAddress = 10.0.0.2/24, fd00::2/64\n");
        assertThat(blocks).anySatisfy(block -> assertThat(block.text().strip()).isEqualTo(list.strip()));
        assertThat(operator.run("cat /var/lib/wgsd/members.zone", "what was published"))
                .contains("alice.members.wg.example.com. 60 IN A 10.0.0.1");
        // The registry is ready before it has verified the list.
        host.network()
                .await(
                        DocsNetwork.TUNNEL_ADDRESS,
                        "alice.members.wg.example.com",
                        "A",
                        address -> address.strip().equals("10.0.0.1"));
    }

    @Test
    void aRelayRunsAtTheRegistryAndElsewhereAsThePageSays() throws IOException, InterruptedException {
        Program.require("tsig-keygen", "bind9-utils");
        for (String address : List.of("192.0.2.1", "192.0.2.129")) {
            operator.run("ip address add " + address + "/32 dev lo", "the hosts' public addresses");
        }

        follow(Page.blocks("docs/relay.md").stream()
                .filter(block -> block.language().isEmpty())
                .toList());

        String key = operator.run("wg pubkey < /var/lib/wgsd/relay/wg.example.com.relay.key", "the relay's key");
        host.network()
                .await(
                        DocsNetwork.TUNNEL_ADDRESS,
                        "_wireguard-relay._udp.wg.example.com",
                        "PTR",
                        list -> list.contains(PublicKey.parse(key.strip()).toBase32()));
    }

    @Test
    void aRelayTakesPacketsOverTlsAsThePageSays() throws IOException, InterruptedException {
        operator.run("ip address add 192.0.2.1/32 dev lo", "the host's public address");

        follow(Page.blocks("docs/tls.md").stream()
                .filter(block -> block.language().isEmpty())
                .toList());

        assertThat(operator.run(
                        "openssl s_client -connect 192.0.2.1:443 -alpn wgsd-relay < /dev/null 2>&1", "the port"))
                .contains("ALPN protocol: wgsd-relay");
    }

    @Test
    void theFirewallOnThePageIsOneThatNftTakesAndKeepsNothingFromThisHost() throws IOException, InterruptedException {
        operator.start("./wgsd registry --zone wg.example.com --device wg0").awaitLine("ready");
        List<Block> blocks = Page.blocks("docs/operating.md");
        assertThat(blocks).hasSize(2);

        operator.write("/etc/nftables.conf", blocks.get(1).text(), "644");
        operator.run("nft -f /etc/nftables.conf", blocks.get(1));

        assertThat(host.dig("wg.example.com", "SOA")).startsWith("ns1.wg.example.com.");
        assertThat(operator.run("nft list ruleset", "the page")).contains("policy drop");
    }

    @Test
    void aRegistryLogsInTheFormOnThePage() throws IOException, InterruptedException {
        Background registry = operator.start("./wgsd registry --zone wg.example.com --device wg0");
        registry.awaitLine("ready");
        registry.signal("HUP");
        registry.awaitLine("reloaded");

        assertThat(withoutTimes(registry.output()))
                .isEqualTo(withoutTimes(Page.blocks("docs/operating.md").get(0).text()));
    }

    private static List<String> withoutTimes(String log) {
        return log.lines()
                .map(line -> line.replaceFirst("^[0-9-]{10}T[0-9:]{8}[.][0-9]{3}Z ", ""))
                .toList();
    }

    @Test
    void theStatusIsAskedForAsThePageSays() throws IOException, InterruptedException {
        for (Block block : Page.blocks("docs/status.md")) {
            if (block.text().startsWith("# /etc/wgsd/names")) {
                operator.write("/etc/wgsd/names", block.text(), "644");
            }
        }
        follow(Page.blocks("docs/status.md").stream()
                .filter(block -> block.language().isEmpty())
                .toList());

        // The registry's own host does not reach it through a peer, so that the agent there is not well.
        operator.run(
                "for i in $(seq 60); do ./wgsd status | grep -q \"3 peers: \" && break; done", "its first reading");
        assertThat(operator.run("./wgsd status || [ $? = 1 ]", "the page"))
                .startsWith("wg.example.com: registry of wg0 at ")
                .contains("10.0.0.254:53", "\n  zone        serial ", "wg0: agent, 3 peers: ", "\n  PEER  KEY ");
    }

    @Test
    void theNetworkIsLookedAtAsThePageSays() throws IOException, InterruptedException {
        operator.start("./wgsd registry --zone wg.example.com --device wg0").awaitLine("ready");
        Block command = Page.blocks("docs/netcheck.md").stream()
                .filter(block -> block.language().isEmpty())
                .findFirst()
                .orElseThrow();

        // The registry's own host is no peer of it.
        assertThat(operator.run(command.text().strip() + " || [ $? = 1 ]", command))
                .containsPattern(
                        "registry   10\\.0\\.0\\.254:53 answered in \\d+ ms, and does not advertise this\\s+host");
    }

    @Test
    void aPeerIsExplainedAsThePageSays() throws IOException, InterruptedException {
        String key = operator.run("wg show wg0 peers", "the device")
                .lines()
                .findFirst()
                .orElseThrow();
        operator.write("/etc/wgsd/names", "alice " + key + "\n", "644");
        operator.start("./wgsd registry --zone wg.example.com --device wg0").awaitLine("ready");
        operator.start("./wgsd agent --device wg0 --dns 10.0.0.254 --zone wg.example.com --names /etc/wgsd/names")
                .awaitLine("ready");
        List<Block> blocks = Page.blocks("docs/explain.md").stream()
                .filter(block -> block.language().isEmpty())
                .toList();

        for (Block block : blocks) {
            String command = block.text().strip();
            boolean isAlone = command.contains("--dns");
            String explained = operator.run(
                    command + (isAlone ? " --names /etc/wgsd/names --status-dir /nosuch" : "") + " || [ $? = 1 ]",
                    block);

            assertThat(explained).contains("alice", key);
            if (command.endsWith("--json")) {
                assertThat(explained)
                        .startsWith("{\"device\":\"wg0\",\"publicKey\":\"" + key)
                        .contains("\"causes\":[");
            } else {
                assertThat(explained)
                        .contains(
                                "WHAT IS SEEN",
                                "The registry 10.0.0.254:53 ",
                                isAlone ? "there is no history" : "WHAT HAPPENED");
            }
        }
    }

    @Test
    void metricsAreReadAsThePageSays() throws IOException, InterruptedException {
        String promtool = Program.require("promtool", "prometheus");
        for (Block block : Page.blocks("docs/metrics.md")) {
            if (block.language().equals("yaml")) {
                operator.write("/etc/prometheus.yml", block.text(), "644");
                operator.run(promtool + " check config /etc/prometheus.yml", block);
            } else if (block.language().isEmpty()) {
                follow(List.of(block));
            }
        }

        assertThat(operator.run("curl -s http://localhost:9586/metrics | " + promtool + " check metrics", "the page"))
                .isEmpty();
    }

    private static final String ONLY_KEY = "cd /etc/wgsd/keys; ls K*.private | sed 's/.*+0*\\([0-9]*\\).private/\\1/'";

    private void reload(int keys) throws IOException, InterruptedException {
        operator.signal("registry", "HUP");
        host.network()
                .await(
                        DocsNetwork.TUNNEL_ADDRESS,
                        "wg.example.com",
                        "DNSKEY",
                        list -> list.lines().count() == keys);
    }

    @Test
    void anAgentRunsAsThePageSaysAndAsItsUnitDoes() throws IOException, InterruptedException {
        operator.run("mkdir -p /etc/systemd/system", "what systemd has");
        // The registry's own host does not reach it through a peer, so that the agent there is not well.
        follow(Page.blocks("docs/agent.md").stream()
                .map(block -> block.with("./wgsd status", "./wgsd status || [ $? = 1 ]"))
                .toList());
        String unit = operator.read("/etc/systemd/system/wgsd-agent@.service").replace("%i", "wg0");
        String start = unit.lines()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
        operator.end("agent");
        assertThat(operator.run("./wgsd replay /var/lib/wgsd/wg0.record", "the page's record"))
                .containsPattern("[A-Za-z0-9+/]{43}= is ");
        operator.write("unit", ". /etc/wgsd/agent.env; exec " + start + "\n", "644");

        operator.start("sh unit").awaitLine("ready");
    }

    @Test
    void javaIsGivenMoreAsThePageSays() throws IOException, InterruptedException {
        for (Block block : Page.blocks("docs/speed.md")) {
            follow(List.of(block.with(" …", " --zone " + DocsNetwork.ZONE + " --device wg0")));
        }

        host.awaitListed(DocsNetwork.ZONE, DocsNetwork.TUNNEL_ADDRESS, 3);
    }

    private void follow(List<Block> blocks) throws IOException, InterruptedException {
        for (Block block : blocks) {
            List<String> run = block.commands().stream()
                    .filter(command -> NOT_RUN.keySet().stream().noneMatch(command::startsWith))
                    .toList();
            boolean shown = block.text().startsWith("[Service]");
            if (!shown) {
                operator.follow(new Block(
                        block.page(), block.line(), block.heading(), block.language(), String.join("\n", run)));
            }
        }
    }

    /** Returns the registry's key as delv takes it. */
    private String anchor() throws IOException, InterruptedException {
        String key = host.dig("wg.example.com", "DNSKEY").lines().findFirst().orElseThrow();
        String[] fields = key.split(" ", 4);
        return "trust-anchors { wg.example.com. static-key " + fields[0] + " " + fields[1] + " " + fields[2] + " \""
                + fields[3].replace(" ", "") + "\"; };\n";
    }
}
