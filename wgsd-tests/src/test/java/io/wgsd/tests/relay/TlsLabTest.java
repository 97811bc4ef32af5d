package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real WireGuards behind symmetric NATs, one of which lets no UDP through. */
@Timeout(300)
class TlsLabTest {

    private static final String AT_RELAY = "192.0.2.1:443";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A session of WireGuard's is dead after 180 s, at the latest. */
    private static final Duration LONG = Duration.ofSeconds(200);

    private static final Pattern PIN = Pattern.compile("--tls-pin (\\S+)");

    @TempDir
    private Path folder;

    @Test
    void packetsAreCarriedWhileNoUdpGetsThrough() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "symmetric")) {
            Background alice = agent(lab, "alice", pin(registry(lab)));
            lab.agent("bob", "--state", state("bob"));
            alice.awaitLine(BOB_KEY + " is relayed", PATIENCE);
            lab.background("alice", "ping", "-i", "0.2", "10.0.0.2");

            long cut = System.nanoTime();
            block(lab, "alice-nat");
            alice.awaitLine("packets are carried to " + AT_RELAY + " over TLS", PATIENCE);
            Await.until("a ping over TLS", PATIENCE, () -> lab.ping(1));
            Duration took = Duration.ofNanos(System.nanoTime() - cut);
            // Three to four seconds, and more on a machine that has much else to do.
            assertThat(took).isLessThan(Duration.ofSeconds(10));
            assertThat(lab.endpoint("alice", BOB_KEY)).startsWith("127.0.0.1:");
            Await.until(
                    "the registry over TLS",
                    PATIENCE,
                    () -> lab.exec("alice", "ping", "-c1", "-W1", "10.0.0.254").status() == 0);
            assertThat(lab.wgsd("alice", "status").output()).contains(AT_RELAY, "in use");

            unblock(lab, "alice-nat");
            alice.awaitLine("UDP is used", Duration.ofSeconds(60));
            assertThat(lab.ping(5)).isTrue();
            assertThat(lab.endpoint("alice", BOB_KEY)).isEqualTo(AT_RELAY);
            assertThat(Files.readString(Path.of(state("alice"), "wg0.tls"))).isEmpty();
        }
    }

    @Test
    void anAgentThatBeginsWithoutUdpReachesTheRegistryAndItsPeerIsGivenBackAfterACrash() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "symmetric")) {
            String pin = pin(registry(lab));
            block(lab, "alice-nat");
            Background mistaken = agent(lab, "alice", "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
            lab.background("alice", "ping", "-i", "0.2", "10.0.0.2");
            mistaken.awaitLine("the certificate of " + AT_RELAY + " is refused: its key has the pin " + pin, PATIENCE);
            assertThat(mistaken.terminate()).isZero();

            Background alice = agent(lab, "alice", pin);
            lab.agent("bob", "--state", state("bob"));
            alice.awaitLine("packets are carried to " + AT_RELAY + " over TLS", LONG);
            Await.until("a ping over TLS", LONG, () -> lab.ping(1));
            Await.until("the registry over TLS", LONG, () -> isRegistryCarried(lab));

            alice.kill();
            unblock(lab, "alice-nat");
            agent(lab, "alice", pin);
            Await.until("the registry by UDP", LONG, () -> !isRegistryCarried(lab) && isRegistryThere(lab));
            Await.until("a ping by UDP", LONG, () -> lab.ping(1));
        }
    }

    @Test
    @Tag("release")
    void twoPeersWithoutUdpReachEachOtherAndAreBackSoonAfterItGetsThrough() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "symmetric")) {
            String pin = pin(registry(lab));
            Background alice = agent(lab, "alice", pin);
            Background bob = agent(lab, "bob", pin);
            alice.awaitLine(BOB_KEY + " is relayed", PATIENCE);
            lab.background("alice", "ping", "-i", "0.2", "10.0.0.2");

            long cut = System.nanoTime();
            block(lab, "alice-nat");
            block(lab, "bob-nat");
            for (Background each : List.of(alice, bob)) {
                each.awaitLine("packets are carried to " + AT_RELAY + " over TLS", PATIENCE);
            }
            Await.until("a ping over TLS", PATIENCE, () -> lab.ping(1));
            long carried = System.nanoTime();
            System.out.println(
                    "both over TLS after " + Duration.ofNanos(carried - cut).toMillis() + " ms");

            unblock(lab, "alice-nat");
            unblock(lab, "bob-nat");
            for (Background each : List.of(alice, bob)) {
                each.awaitLine("UDP is used", Duration.ofSeconds(60));
            }
            System.out.println("both back after "
                    + Duration.ofNanos(System.nanoTime() - carried).toMillis() + " ms");
            assertThat(lab.ping(5)).isTrue();
        }
    }

    private static boolean isRegistryCarried(RealLab lab) throws IOException, InterruptedException {
        return lab.exec("alice", "wg", "show", "wg0", "dump")
                .output()
                .lines()
                .anyMatch(line -> line.contains("\t127.0.0.1:") && line.contains("10.0.0.254/32"));
    }

    private static boolean isRegistryThere(RealLab lab) throws IOException, InterruptedException {
        return lab.exec("alice", "ping", "-c1", "-W1", "10.0.0.254").status() == 0;
    }

    private Background registry(RealLab lab) throws IOException, InterruptedException {
        return lab.registry(
                "--relay",
                AT_RELAY,
                "--tls",
                AT_RELAY,
                "--state",
                folder.resolve("registry").toString());
    }

    private static String pin(Background registry) throws IOException {
        Matcher matcher = PIN.matcher(registry.output());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private Background agent(RealLab lab, String node, String pin) throws IOException, InterruptedException {
        return lab.agent(node, "--state", state(node), "--tls", "192.0.2.1", "--tls-pin", pin);
    }

    private String state(String node) {
        return folder.resolve(node).toString();
    }

    private static void block(RealLab lab, String node) throws IOException, InterruptedException {
        router(
                lab,
                node,
                "nft add table inet noudp; nft add chain inet noudp drops '{ type filter hook forward priority -10; }';"
                        + " nft add rule inet noudp drops meta l4proto udp drop");
    }

    private static void unblock(RealLab lab, String node) throws IOException, InterruptedException {
        router(lab, node, "nft delete table inet noudp");
    }

    private static void router(RealLab lab, String node, String commands) throws IOException, InterruptedException {
        assertThat(lab.exec(node, "sh", "-c", commands).status()).isZero();
    }
}
