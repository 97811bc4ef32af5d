package io.wgsd.tests.examples;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static io.wgsd.tests.lab.RealLab.REGISTRY_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each example does what it says, on real WireGuard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("runtime")
class ExamplesTest {

    private static final String RELAY = "192.0.2.1:443";

    @TempDir
    private Path folder;

    private RealLab lab;

    @BeforeAll
    void up() throws IOException, InterruptedException {
        lab = RealLab.up();
    }

    @AfterAll
    void down() throws IOException, InterruptedException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void peersAreListed() throws IOException, InterruptedException {
        assertThat(lab.example("registry", "ListPeers").output().lines())
                .containsExactly("wg0 " + BOB_KEY + " 198.51.100.1:51820", "wg0 " + ALICE_KEY + " 203.0.113.1:41424");
    }

    @Test
    void aDevicesRecordsAreWrittenAsAZoneFile() throws IOException, InterruptedException {
        String zone = lab.example("registry", "PublishZoneFile", "wg0", "example.com", "10.0.0.254")
                .output();

        assertThat(zone)
                .contains(" IN SRV 0 0 41424 ", "\"pub=" + ALICE_KEY + "\"", "ns1.example.com. 3600 IN A 10.0.0.254");
    }

    @Test
    void aRegistryIsEmbeddedAndPeersConnectWhileADeviceIsWatched() throws IOException, InterruptedException {
        try (Background watch = lab.startExample("alice", "WatchDevice", "wg0");
                Background registry =
                        lab.startExample("registry", "EmbedRegistry", "wg0", "example.com", "10.0.0.254:53")) {
            watch.awaitLine("added " + REGISTRY_KEY);
            registry.awaitLine("serving example.com at [/10.0.0.254:53]");

            String alice = lab.example("alice", "ConnectToPeer", "wg0", RealLab.DNS, "example.com")
                    .output();
            lab.example("bob", "ConnectToPeer", "wg0", RealLab.DNS, "example.com");

            assertThat(alice).contains(BOB_KEY + " UPDATED 198.51.100.1:51820");
            assertThat(lab.ping(15)).isTrue();
            watch.awaitLine("changed Peer[" + BOB_KEY + ", endpoint=198.51.100.1:51820");
            assertThat(watch.endInput()).isZero();
            assertThat(registry.endInput()).isZero();
            assertThat(registry.output()).contains("RegistryStats[queries=");
        }
    }

    @Test
    void peersStayConnected() throws IOException, InterruptedException {
        try (Background registry = lab.registry();
                Background alice = stayConnected(lab, "alice");
                Background bob = stayConnected(lab, "bob")) {
            alice.awaitLine(BOB_KEY + " is direct at 198.51.100.1:51820");
            assertThat(lab.ping(5)).isTrue();
            assertThat(alice.endInput()).isZero();
            assertThat(bob.endInput()).isZero();
            assertThat(registry.output()).doesNotContain("Exception");
        }
    }

    @Test
    void peersStayConnectedByARelayWhereTheirNatsLetNobodyIn() throws IOException, InterruptedException {
        try (RealLab symmetric = RealLab.up("--nat", "symmetric")) {
            symmetric.registry("--relay", RELAY, "--state", folder.toString());
            Background alice = stayConnected(symmetric, "alice");
            Background bob = stayConnected(symmetric, "bob");

            alice.awaitLine(BOB_KEY + " is relayed at " + RELAY);
            assertThat(symmetric.ping(5)).isTrue();
            assertThat(alice.endInput()).isZero();
            assertThat(bob.endInput()).isZero();
            assertThat(alice.output().lines()).anyMatch(line -> line.endsWith(" at " + RELAY + " is up"));
        }
    }

    private Background stayConnected(RealLab where, String node) throws IOException {
        String file = folder.resolve(node).toString();
        return where.startExample(node, "StayConnected", "wg0", RealLab.DNS, "example.com", file);
    }
}
