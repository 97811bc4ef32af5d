package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents of two real WireGuards behind symmetric NATs, which attach to the registry's relay by themselves. */
@Timeout(300)
class AgentRelayLabTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Three keepalives of the relay's session, and one more until the next attempt. */
    private static final Duration ENOUGH_TO_KNOW = Duration.ofSeconds(180);

    private static final String AT_RELAY = "192.0.2.1:443";
    private static final String ANSWERS = " at " + AT_RELAY + " answers";

    @TempDir
    private Path folder;

    @Test
    void agentsAttachToTheRelayConnectByItNoticeItsEndAndLeaveIt() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "symmetric")) {
            Background registry = lab.registry(
                    "--relay", AT_RELAY, "--state", folder.resolve("registry").toString());
            Background alice = lab.agent("alice", "--state", state("alice"));
            lab.agent("bob", "--state", state("bob"));

            for (String peer : List.of(ALICE_KEY, BOB_KEY)) {
                Await.until(
                        "the relay in the peer's text",
                        PATIENCE,
                        () -> text(lab, peer).contains("\"relay="));
            }
            String relay = relay(lab);
            assertThat(dump(lab, relay))
                    .hasValueSatisfying(fields -> assertThat(fields)
                            .containsSequence(AT_RELAY, "(none)")
                            .endsWith("25"));
            assertThat(Files.readString(Path.of(state("alice"), "wg0.agent"))).contains("relay " + relay);
            alice.awaitLine("relay " + relay + ANSWERS);

            assertThat(lab.ping(30)).isTrue();
            assertThat(lab.endpoint("alice", BOB_KEY)).isEqualTo(AT_RELAY);

            remove(lab, relay);
            Await.until(
                    "the relay that was taken away",
                    PATIENCE,
                    () -> dump(lab, relay).isPresent());

            Await.until("an answer from the relay again", PATIENCE, () -> count(alice, ANSWERS) == 2);
            assertThat(lab.ping(30)).isTrue();
            lab.background("alice", "ping", "-i", "0.2", "10.0.0.2");
            registry.kill();
            alice.awaitLine("not even to 3 keepalives", PATIENCE);

            assertThat(alice.terminate()).isZero();
            assertThat(dump(lab, relay)).isEmpty();
        }
    }

    @Test
    void anAgentThatWasKilledLeavesNoRelayForEver() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "symmetric")) {
            lab.registry(
                    "--relay", AT_RELAY, "--state", folder.resolve("registry").toString());
            Background alice = lab.agent("alice", "--state", state("alice"));
            Await.until(
                    "the relay in the peer's text",
                    PATIENCE,
                    () -> text(lab, ALICE_KEY).contains("\"relay="));
            String relay = relay(lab);
            alice.kill();
            assertThat(dump(lab, relay)).isPresent();

            lab.agent("alice", "--state", state("alice"), "--no-relay");
            Await.until("the orphan's end", PATIENCE, () -> dump(lab, relay).isEmpty());
        }
    }

    /** What Bob sends reaches Alice, but not the other way round; his key is the lesser one, so that he would not send. */
    @Test
    @Tag("release")
    void theSideBehindTheSymmetricNatMovesTheSessionOnceItIsKnownWhichThatIs() throws Exception {
        try (RealLab lab = RealLab.up("--alice-nat", "eim/adf", "--bob-nat", "apdm/apdf")) {
            lab.registry(
                    "--relay", AT_RELAY, "--state", folder.resolve("registry").toString());
            lab.path("closed");
            Background alice = lab.agent("alice", "--state", state("alice"));
            Background bob = lab.agent("bob", "--state", state("bob"));
            alice.awaitLine(BOB_KEY + " is relayed");
            bob.awaitLine(ALICE_KEY + " is relayed");

            lab.path("open");
            alice.awaitLine(BOB_KEY + " is direct", ENOUGH_TO_KNOW);
            bob.awaitLine(ALICE_KEY + " is direct");
            assertThat(lab.ping(10)).isTrue();
        }
    }

    private String state(String node) {
        return folder.resolve(node).toString();
    }

    /** Returns the key of the relay that the zone announces. */
    private static String relay(RealLab lab) throws IOException, InterruptedException {
        String instance = dig(lab, "_wireguard-relay._udp.example.com", "PTR").strip();
        return dig(lab, instance, "TXT").strip().replaceAll(".*\"pub=([^\"]*)\".*", "$1");
    }

    private static String text(RealLab lab, String peer) throws IOException, InterruptedException {
        String name = PublicKey.parse(peer).toBase32() + "._wireguard._udp.example.com";
        return dig(lab, name, "TXT");
    }

    private static String dig(RealLab lab, String name, String type) throws IOException, InterruptedException {
        return lab.exec("alice", "dig", "+short", "@10.0.0.254", name, type).output();
    }

    /** Returns what Alice's WireGuard has of a peer: key, preshared key, endpoint, allowed IPs … keepalive. */
    private static Optional<List<String>> dump(RealLab lab, String peer) throws IOException, InterruptedException {
        return lab.exec("alice", "wg", "show", "wg0", "dump")
                .output()
                .lines()
                .map(line -> List.of(line.split("\t")))
                .filter(fields -> fields.get(0).equals(peer))
                .findFirst();
    }

    private static long count(Background process, String words) throws IOException {
        return process.output().lines().filter(line -> line.contains(words)).count();
    }

    private static void remove(RealLab lab, String peer) throws IOException, InterruptedException {
        assertThat(lab.exec("alice", "wg", "set", "wg0", "peer", peer, "remove").status())
                .isZero();
    }
}
