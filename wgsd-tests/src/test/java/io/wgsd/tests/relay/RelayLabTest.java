package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.process.Background;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay between two real WireGuards whose NATs give each flow a port of its own. */
class RelayLabTest {

    @TempDir
    static Path folder;

    private static RelayLab lab;
    private static Background relay;

    @BeforeAll
    static void connect() throws Exception {
        lab = new RelayLab(folder);
        relay = lab.startRelay();
        lab.connect(relay);
    }

    @AfterAll
    static void down() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void pingsGoBothWaysWithoutLoss() throws Exception {
        assertThat(lab.lost("alice", "10.0.0.2", 100)).isZero();
        assertThat(lab.lost("bob", "10.0.0.1", 100)).isZero();
    }

    @Test
    void aNewHandshakeWhilePingsAreUnderWayCostsLessThanHalfASecond() throws Exception {
        Background pings =
                lab.lab().background("alice", "ping", "-q", "-i", "0.02", "-c", "100", "-W", "5", "10.0.0.2");
        lab.restart("alice", BOB_KEY, "10.0.0.2");
        pings.awaitEnd();
        // While the peer is removed its pings are lost. A handshake that the relay had lost would cost all that follow.
        assertThat(RelayLab.lost(pings.output())).isLessThan(25);
    }

    @Test
    void bothSidesMayStartOverAtTheSameTime() throws Exception {
        Background other = lab.lab().background("bob", "sh", "-c", lab.restarting(ALICE_KEY, "10.0.0.1"));
        lab.restart("alice", BOB_KEY, "10.0.0.2");
        other.awaitEnd();
        long start = System.nanoTime();
        assertThat(lab.lab().ping(10)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aRestartOfTheRelayCostsRoundTrips() throws Exception {
        relay.endInput();
        Background next = lab.startRelay();
        long start = System.nanoTime();
        next.awaitLine("attached " + ALICE_KEY);
        next.awaitLine("attached " + BOB_KEY);
        assertThat(lab.lab().ping(10)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        relay = next;
    }

    @Test
    @Tag("release")
    void pingsContinueWhileBothSessionsAreRenewed() throws Exception {
        // A session is renewed when it is two minutes old.
        for (int i = 0; i < 3; i++) {
            String output = lab.lab()
                    .exec("alice", "ping", "-q", "-i", "0.1", "-c", "450", "-W", "5", "10.0.0.2")
                    .output();
            assertThat(RelayLab.lost(output)).isZero();
        }
    }

    @Test
    void theRelayAnswersEachKeepalive() throws Exception {
        long before = lab.received("alice");
        Await.until("three keepalives", Duration.ofSeconds(10), () -> lab.received("alice") >= before + 3 * 32);
    }

    @Test
    void aMemberWhoseNatMovesLosesNextToNothing() throws Exception {
        Background pings =
                lab.lab().background("alice", "ping", "-q", "-i", "0.02", "-c", "200", "-W", "5", "10.0.0.2");
        long start = System.nanoTime();
        lab.lab().move("alice");
        // While her NAT has no address nothing gets through; on a busy machine that alone takes a while.
        long withoutAddress = Duration.ofNanos(System.nanoTime() - start).toMillis() / 20;
        relay.awaitLine("moved " + ALICE_KEY);
        pings.awaitEnd();
        assertThat(RelayLab.lost(pings.output())).isLessThanOrEqualTo((int) withoutAddress + 20);
        assertThat(lab.lost("bob", "10.0.0.1", 100)).isZero();
    }
}
