package io.wgsd.tests.tunnel;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents on both sides of the lab's NATs, with real WireGuard. */
class AgentTest {

    private static final String BOB_IS_DIRECT = BOB_KEY + " is direct at 198.51.100.1:51820";

    @TempDir
    private Path folder;

    @Test
    void aTunnelIsUpAndNoPingIsLostRegardlessOfWhichProcessIsKilled() throws Exception {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry();
                Background alice = lab.agent("alice", "--state", folder.toString());
                Background bob = lab.agent("bob")) {
            alice.awaitLine(BOB_IS_DIRECT);
            bob.awaitLine(ALICE_KEY + " is direct at 203.0.113.1:41424");
            assertThat(lab.wgsd("alice", "status").output())
                    .containsPattern(BOB_KEY.substring(0, 8) + ".* direct .* 198\\.51\\.100\\.1:51820");
            assertThat(lab.wgsd("bob", "status", "--json").output())
                    .startsWith("[{\"kind\":\"agent\",\"device\":\"wg0\",")
                    .contains("{\"publicKey\":\"" + ALICE_KEY + "\",\"state\":\"direct\",\"since\":\"");

            Background pings = lab.background("alice", "ping", "-i", "0.1", "-c", "100", "10.0.0.2");
            registry.kill();
            alice.kill();
            try (Background again = lab.registry();
                    Background restarted = lab.agent("alice", "--state", folder.toString())) {
                restarted.awaitLine(BOB_IS_DIRECT);
                assertThat(again.output()).doesNotContain("Exception");
                pings.awaitEnd();
                assertThat(pings.output()).contains("100 received, 0% packet loss");
            }
        }
    }

    @Test
    void anAgentStopsAtOnceAndInOrder() throws Exception {
        try (RealLab lab = RealLab.up();
                Background alice = lab.agent("alice")) {
            assertThat(lab.wgsd("alice", "agent", "--device", "wg0", "--dns", RealLab.DNS, "--zone", RealLab.ZONE)
                            .output())
                    .contains("another agent maintains the peers of wg0");

            assertThat(alice.terminate()).isZero();
            assertThat(alice.output()).contains("the agent has stopped");
            Program.Result status = lab.wgsd("alice", "status");
            assertThat(status.output()).contains("no agent, registry or relay runs here");
        }
    }

    @Test
    void aDeviceThatWgQuickMakesAgainIsLookedAfterAgain() throws Exception {
        Path configuration = folder.resolve("wg0.conf");
        Files.writeString(configuration, """
                [Interface]
                PrivateKey = 0CtieMOYKa2RduPbJss/Um9BiQPSjgvHW+B7Mor5OnE=
                ListenPort = 51820
                Address = 10.0.0.1/24
                [Peer]
                PublicKey = %s
                AllowedIPs = 10.0.0.254/32
                Endpoint = 192.0.2.1:51820
                PersistentKeepalive = 5
                [Peer]
                PublicKey = %s
                AllowedIPs = 10.0.0.2/32
                PersistentKeepalive = 25
                """.formatted(RealLab.REGISTRY_KEY, BOB_KEY));
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry();
                Background alice = lab.agent("alice", "--json");
                Background bob = lab.agent("bob")) {
            alice.awaitLine(BOB_IS_DIRECT);

            lab.exec("alice", "ip", "link", "delete", "wg0");
            alice.awaitLine("\"event\":\"deviceDown\"");
            Program.Result up = lab.exec(
                    "alice",
                    "env",
                    "WG_QUICK_USERSPACE_IMPLEMENTATION=wireguard-go",
                    "wg-quick",
                    "up",
                    configuration.toString());
            assertThat(up.status()).as(up.output()).isZero();

            // Bob has a session with the Alice of before, until he notices that she does not answer under it.
            Background pings = lab.background("bob", "ping", "-i", "0.5", "10.0.0.1");
            awaitTwice(alice, BOB_KEY + " is direct", Duration.ofSeconds(60));
            pings.close();
            assertThat(lab.ping(5)).isTrue();
            assertThat(bob.output() + registry.output()).doesNotContain("Exception");
        }
    }

    @Test
    void aKeepaliveThatWasLentIsPutBackEvenAfterAKill() throws Exception {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry()) {
            // No datagram can be sent to an address that is not routed into the tunnel.
            lab.exec(
                    "alice",
                    "wg",
                    "set",
                    "wg0",
                    "peer",
                    BOB_KEY,
                    "persistent-keepalive",
                    "0",
                    "allowed-ips",
                    "10.9.9.9/32");
            try (Background alice = lab.agent("alice", "--state", folder.toString())) {
                Await.until("a keepalive is lent", () -> keepalive(lab).equals("23"));
                alice.kill();
            }

            try (Background again = lab.agent("alice", "--state", folder.toString(), "--keep", BOB_KEY)) {
                Await.until("the keepalive is put back", () -> keepalive(lab).equals("off"));
                assertThat(again.output()).doesNotContain("Exception");
            }
            assertThat(registry.output()).doesNotContain("Exception");
        }
    }

    @Test
    void whereNothingComesThroughTheNatsAllCausesAreListedWithinHalfAMinute() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "symmetric");
                Background registry = lab.registry();
                Background alice = lab.agent("alice");
                Background bob = lab.agent("bob")) {
            alice.awaitLine(BOB_KEY + " is unreachable", Duration.ofSeconds(30));

            assertThat(alice.output())
                    .contains("nothing came back", "no agent runs there", "NAT or firewall")
                    .contains("the registry sees this host's port 51820 as")
                    .doesNotContain("symmetric");
            assertThat(bob.output() + registry.output()).doesNotContain("Exception");
        }
    }

    private static String keepalive(RealLab lab) throws Exception {
        return lab.exec("alice", "wg", "show", "wg0", "persistent-keepalive")
                .output()
                .lines()
                .filter(line -> line.startsWith(BOB_KEY))
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .findFirst()
                .orElse("");
    }

    private static void awaitTwice(Background process, String words, Duration limit) throws Exception {
        assertThat(Await.becomesTrue(limit, () -> process.output().split(Pattern.quote(words), -1).length >= 3))
                .as("\"" + words + "\" twice in " + process.output())
                .isTrue();
    }
}
