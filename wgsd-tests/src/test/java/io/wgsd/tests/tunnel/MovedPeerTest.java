package io.wgsd.tests.tunnel;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Alice is found elsewhere while the tunnel is idle, and pings on: only Bob's side, which sends nothing and whose
 * session is young, can let her in again, for his NAT filters by address and port.
 */
class MovedPeerTest {

    private static final Duration LIMIT = Duration.ofSeconds(12);
    private static final Duration REGISTRY_LIMIT = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofSeconds(20);

    @Test
    void whereTheNatOfOneMovesTheAgentsHaveATunnelAgainSoonAfterTheRegistryKnows() throws Exception {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry();
                Background alice = lab.agent("alice");
                Background bob = lab.agent("bob")) {
            untilIdle(lab, alice, bob);

            lab.move("alice");

            assertTunnelOnceRegistryKnows(lab, "203.0.113.2:41425");
            assertThat(alice.output() + bob.output() + registry.output()).doesNotContain("Exception");
        }
    }

    @Test
    void whereTheListenPortOfOneChangesTheAgentsHaveATunnelAgainSoonAfterTheRegistryKnows() throws Exception {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry();
                Background alice = lab.agent("alice");
                Background bob = lab.agent("bob")) {
            untilIdle(lab, alice, bob);

            lab.exec("alice", "wg", "set", "wg0", "listen-port", "51999");

            assertTunnelOnceRegistryKnows(lab, "203.0.113.1:51999");
            assertThat(alice.output() + bob.output() + registry.output()).doesNotContain("Exception");
        }
    }

    /** A pass knows of nobody whether he answers probes, so that it has to wait as long as a silent peer may take. */
    @Test
    void whereNoAgentRunsAPassThatHasHalfAMinuteLetsThePeerInAgain() throws Exception {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry()) {
            lab.client("alice");
            lab.client("bob");
            assertThat(lab.ping(15)).isTrue();
            lab.move("alice");
            pingUntilRegistryKnows(lab, "203.0.113.2:41425");

            Program.Result pass = lab.client("bob", "--timeout", "30s");

            assertThat(lab.ping(5)).as(pass.output()).isTrue();
            assertThat(registry.output()).doesNotContain("Exception");
        }
    }

    private static void untilIdle(RealLab lab, Background alice, Background bob) throws Exception {
        alice.awaitLine(BOB_KEY + " is direct");
        bob.awaitLine(ALICE_KEY + " is direct");
        lab.exec("alice", "wg", "set", "wg0", "peer", BOB_KEY, "persistent-keepalive", "25");
        lab.exec("bob", "wg", "set", "wg0", "peer", ALICE_KEY, "persistent-keepalive", "25");
        Await.until("a session that is 20 s old", IDLE.multipliedBy(2), () -> age(lab).compareTo(IDLE) >= 0);
    }

    private static void assertTunnelOnceRegistryKnows(RealLab lab, String endpoint) throws Exception {
        pingUntilRegistryKnows(lab, endpoint);
        assertThat(lab.ping((int) LIMIT.toSeconds()))
                .as("an answer within " + LIMIT.toSeconds() + " s; Bob has " + lab.endpoint("bob", ALICE_KEY))
                .isTrue();
    }

    private static void pingUntilRegistryKnows(RealLab lab, String endpoint) throws Exception {
        lab.background("alice", "ping", "-i", "0.5", "10.0.0.2");
        Await.until(
                "the registry to see Alice at " + endpoint,
                REGISTRY_LIMIT,
                () -> lab.endpoint("registry", ALICE_KEY).equals(endpoint));
    }

    /** Returns how old Bob's session with Alice is. */
    private static Duration age(RealLab lab) throws Exception {
        Program.Result stamps = lab.exec("bob", "wg", "show", "wg0", "latest-handshakes");
        long stamp = stamps.output()
                .lines()
                .filter(line -> line.startsWith(ALICE_KEY))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('\t') + 1)))
                .findFirst()
                .orElseThrow();
        return Duration.ofSeconds(System.currentTimeMillis() / 1000 - stamp);
    }
}
