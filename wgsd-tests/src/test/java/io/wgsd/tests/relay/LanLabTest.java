package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents of two real WireGuards in one network, and of two in different networks that have the same addresses. */
@Timeout(240)
class LanLabTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RELAY = "192.0.2.1:443";
    private static final String RELAYED = " is relayed at " + RELAY;
    private static final String ALICE = "192.168.7.1:51820";
    private static final String BOB = "192.168.7.2:51820";

    /** A router that does not send back in what comes from inside for its own public address. */
    private static final String NAT = "eim/apdf,ports=random";

    /** A handshake initiation of WireGuard's, behind the header of UDP. */
    private static final int INITIATION = 148 + 8;

    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    @TempDir
    private Path folder;

    @Test
    void peersInOneNetworkConnectThereAtOnce() throws Exception {
        try (RealLab lab = RealLab.up("--lan", "--nat", NAT)) {
            registry(lab);
            Background alice = lab.agent("alice");
            Background bob = lab.agent("bob");

            alice.awaitLine(BOB_KEY + " is direct at " + BOB, PATIENCE);
            bob.awaitLine(ALICE_KEY + " is direct at " + ALICE, PATIENCE);
            assertThat(lab.ping(10)).isTrue();
            assertThat(status(lab)).contains("\"path\":\"local\"");
        }
    }

    @Test
    void aSessionThatRunsOverTheRelayMovesIntoTheNetworkWithoutLosingAPacket() throws Exception {
        movesWithoutLoss(NAT, RELAYED);
    }

    @Test
    void aSessionThatMakesADetourByTheNatMovesIntoTheNetworkWithoutLosingAPacket() throws Exception {
        movesWithoutLoss(NAT + ",hairpin", " is direct at 203.0.113.1:");
    }

    private void movesWithoutLoss(String nat, String before) throws Exception {
        try (RealLab lab = RealLab.up("--lan", "--nat", nat)) {
            registry(lab);
            try (Background alice = lab.agent("alice", "--no-candidates");
                    Background bob = lab.agent("bob", "--no-candidates")) {
                alice.awaitLine(BOB_KEY + before, PATIENCE);
                bob.awaitLine(ALICE_KEY + before, PATIENCE);
                alice.terminate();
                bob.terminate();
            }
            Background there = MoveLab.start(lab, PacketFlow.class, "ready", "alice", "10.0.0.1", "10.0.0.2");
            Background back = MoveLab.start(lab, PacketFlow.class, "ready", "bob", "10.0.0.2", "10.0.0.1");
            lab.agent("bob");
            lab.agent("alice");

            Await.until(
                    "Bob's own address",
                    PATIENCE,
                    () -> lab.endpoint("alice", BOB_KEY).equals(BOB));
            Await.until(
                    "Alice's own address",
                    PATIENCE,
                    () -> lab.endpoint("bob", ALICE_KEY).equals(ALICE));
            there.closeInput();
            back.closeInput();
            there.awaitEnd();
            back.awaitEnd();
            assertThat(MoveLab.count(back, 2)).as("packets that reached Bob").isEqualTo(MoveLab.count(there, 1));
            assertThat(MoveLab.count(there, 2)).as("packets that reached Alice").isEqualTo(MoveLab.count(back, 1));
        }
    }

    @Test
    void inTwoNetworksWithTheSameAddressesNobodyElseIsTakenForThePeer() throws Exception {
        try (RealLab lab = RealLab.up("--same-net", "--carrier", NAT, "--nat", NAT)) {
            somebodyElseAtBobsAddress(lab);
            registry(lab);
            Background alice = lab.agent("alice");
            Background bob = lab.agent("bob");

            alice.awaitLine(BOB_KEY + RELAYED, PATIENCE);
            bob.awaitLine(ALICE_KEY + RELAYED, PATIENCE);
            Await.until("the reason", PATIENCE, () -> status(lab).contains("at " + BOB + ": "));
            assertThat(lab.ping(10)).isTrue();
            assertThat(lab.endpoint("alice", BOB_KEY)).isEqualTo(RELAY);
            List<Integer> packets = packets(lab);
            assertThat(packets.get(0)).as("packets in all").isPositive();
            assertThat(packets.get(1)).as("handshake initiations").isLessThanOrEqualTo(4);
        }
    }

    private void registry(RealLab lab) throws IOException, InterruptedException {
        lab.registry("--relay", RELAY, "--state", folder.resolve("registry").toString());
    }

    private static String status(RealLab lab) throws IOException, InterruptedException {
        return lab.wgsd("alice", "status", "--device", "wg0", "--json").output();
    }

    private static void somebodyElseAtBobsAddress(RealLab lab) throws IOException, InterruptedException {
        run(lab, "ip", "address", "add", "192.168.7.2/24", "dev", "lan");
        run(
                lab,
                "nft",
                "table inet count { chain in { type filter hook input priority raw;"
                        + " ip daddr 192.168.7.2 udp dport 51820 counter;"
                        + " ip daddr 192.168.7.2 udp length " + INITIATION + " counter; }; }");
    }

    /** How many came for somebody else, and how many of these were initiations. */
    private static List<Integer> packets(RealLab lab) throws IOException, InterruptedException {
        return PACKETS.matcher(run(lab, "nft", "list", "table", "inet", "count"))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    private static String run(RealLab lab, String... command) throws IOException, InterruptedException {
        Program.Result done = lab.exec("alice-nat", command);
        assertThat(done.status()).as(done.output()).isZero();
        return done.output();
    }
}
