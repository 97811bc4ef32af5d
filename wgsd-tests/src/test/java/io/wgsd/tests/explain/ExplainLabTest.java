package io.wgsd.tests.explain;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static io.wgsd.tests.lab.RealLab.REGISTRY_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real WireGuard is broken on purpose, and the right cause comes first in what Alice is told about Bob. */
@Timeout(600)
class ExplainLabTest {

    private static final String SYMMETRIC = "symmetric";

    @TempDir
    private Path folder;

    /** Each of these is repaired before the next. */
    @Test
    void fromNoAgentToAnEndpointThatNobodyCanUse() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder)) {
            Background registry = lab.registry();
            Background alice = lab.agent("alice");

            assertThat(lab.awaitFirst("no-agent-there")).doesNotContain(SYMMETRIC);

            lab.drop("alice", "output", "ip daddr 198.51.100.1");
            assertThat(lab.awaitFirst("firewall-here"))
                    .contains("not permitted")
                    .doesNotContain(SYMMETRIC);
            lab.run("alice", "nft delete table inet broken");

            Background bob = lab.agent("bob");
            lab.awaitDirect(alice);
            Program.Result well = lab.lab().wgsd("alice", "explain", BOB_KEY.substring(0, 6));
            assertThat(well.status()).as(well.output()).isZero();
            assertThat(well.output().replaceAll("\\s+", " "))
                    .startsWith(BOB_KEY + ": reached direct at 198.51.100.1:51820")
                    .contains("was answered in", "fills the MTU");
            bob.terminate();

            lab.run("bob", "ip link delete wg0");
            lab.run("registry", "wg set wg0 peer " + BOB_KEY + " remove");
            lab.run("alice", "wg set wg0 peer " + BOB_KEY + " remove");
            lab.run("alice", "wg set wg0 peer " + BOB_KEY + " allowed-ips 10.0.0.2/32 persistent-keepalive 5");
            assertThat(lab.awaitFirst("not-listed"))
                    .contains("lists the peer no more")
                    .doesNotContain(SYMMETRIC);

            // What a registry sees of a peer that this host is said to be.
            lab.run("registry", "wg set wg0 peer " + BOB_KEY + " allowed-ips 10.0.0.2/32 endpoint 198.18.1.1:7");
            assertThat(lab.awaitFirst("endpoint-refused")).contains("own").doesNotContain(SYMMETRIC);

            registry.kill();
            assertThat(lab.awaitFirst("registry-away")).doesNotContain(SYMMETRIC);

            lab.run("registry", "ip link set wan down");
            assertThat(lab.awaitFirst("registry-tunnel-down")).doesNotContain(SYMMETRIC);

            lab.run("alice", "ip link delete wg0");
            assertThat(lab.awaitFirst("device-gone")).doesNotContain(SYMMETRIC);
        }
    }

    @Test
    void presharedKeysDiffer() throws Exception {
        Path key = Files.writeString(folder.resolve("psk"), "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=\n");
        try (ExplainLab lab = ExplainLab.up(folder)) {
            lab.registry();
            lab.run("alice", "wg set wg0 peer " + BOB_KEY + " preshared-key " + key);
            lab.agent("alice");
            lab.agent("bob");

            assertThat(lab.awaitFirst("preshared-keys-differ")).doesNotContain(SYMMETRIC);
        }
    }

    @Test
    void largePacketsAreLost() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder)) {
            lab.registry();
            Background alice = lab.agent("alice");
            lab.agent("bob");
            lab.awaitDirect(alice);

            lab.drop("internet", "forward", "meta length '>' 1300");
            assertThat(lab.awaitFirst("mtu")).doesNotContain(SYMMETRIC);
        }
    }

    @Test
    @Tag("release")
    void thePeerDoesNotHaveThisHostsKey() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder)) {
            lab.registry("--relay", ExplainLab.RELAY);
            lab.run("bob", "wg set wg0 peer " + ALICE_KEY + " remove");
            lab.agent("alice");
            lab.agent("bob");
            lab.awaitText(BOB_KEY, "relay=");

            assertThat(lab.awaitFirst("key-missing-there")).doesNotContain(SYMMETRIC);
        }
    }

    @Test
    @Tag("release")
    void thePeerHasNoAllowedIpsForThisHost() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder)) {
            lab.registry();
            lab.run("bob", "wg set wg0 peer " + ALICE_KEY + " allowed-ips ''");
            Background alice = lab.agent("alice");
            lab.agent("bob");
            lab.awaitDirect(alice);

            assertThat(lab.awaitFirst("allowed-ips-missing-there")).doesNotContain(SYMMETRIC);
        }
    }

    @Test
    @Tag("release")
    void bothNatsMapByDestination() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder, "--nat", "symmetric")) {
            lab.registry("--relay", ExplainLab.RELAY);
            lab.agent("alice");
            lab.agent("bob");

            lab.awaitText(ALICE_KEY, "nat=");
            lab.awaitText(BOB_KEY, "nat=");
            String text = lab.awaitFirst("per-destination-nats");

            assertThat(text).contains("reached by relay", SYMMETRIC, "nat=");
            assertThat(lab.lab().wgsd("alice", "explain", BOB_KEY).status()).isZero();
        }
    }

    @Test
    @Tag("release")
    void oneNatMapsByDestination() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder, "--bob-nat", "symmetric")) {
            lab.registry("--relay", ExplainLab.RELAY);
            lab.agent("alice");
            lab.agent("bob");

            lab.awaitText(BOB_KEY, "nat=");
            assertThat(lab.awaitFirst("per-destination-nat")).contains("the peer's NAT", SYMMETRIC);
        }
    }

    @Test
    @Tag("release")
    void noUdpGetsThrough() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder)) {
            lab.registry();
            lab.agent("alice");
            lab.awaitFirst("no-agent-there");

            lab.drop("alice-nat", "forward", "meta l4proto udp");
            assertThat(lab.awaitFirst("udp-blocked")).contains("answers to TCP").doesNotContain(SYMMETRIC);
        }
    }

    @Test
    @Tag("release")
    void bothAreBehindOneNatThatDoesNotSendBackIn() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder, "--carrier", "cone")) {
            lab.registry();
            lab.agent("alice");
            lab.agent("bob");

            assertThat(lab.awaitFirst("no-hairpin")).contains("203.0.113.1").doesNotContain(SYMMETRIC);
        }
    }

    @Test
    @Tag("release")
    void eachReachesTheRegistryByAnotherFamily() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder, "--ipv6")) {
            lab.run("alice", "wg set wg0 peer " + REGISTRY_KEY + " endpoint 192.0.2.1:51820");
            lab.registry();
            lab.agent("alice");
            lab.agent("bob");

            assertThat(lab.awaitFirst("other-family")).contains("IPv4", "IPv6").doesNotContain(SYMMETRIC);
        }
    }

    @Test
    @Tag("release")
    void twoHostsHaveThePeersKey() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder)) {
            Path configuration = folder.resolve("bob.conf");
            lab.run("bob", "wg showconf wg0 > " + configuration);
            lab.registry();
            Background alice = lab.agent("alice");
            lab.agent("bob");
            lab.awaitDirect(alice);

            lab.run("relay", "wireguard-go wg0");
            lab.run(
                    "relay",
                    "wg setconf wg0 " + configuration + "; ip address add 10.0.0.2/24 dev wg0;"
                            + " ip link set wg0 up");
            lab.agent("relay");

            assertThat(lab.awaitFirst("duplicated-key"))
                    .containsAnyOf("two hosts have this key", "perhaps two hosts")
                    .doesNotContain(SYMMETRIC);
        }
    }

    @Test
    @Tag("release")
    void withoutAnAgentTheCauseIsFoundTooButThereIsNoHistory() throws Exception {
        try (ExplainLab lab = ExplainLab.up(folder)) {
            lab.registry();
            lab.run("alice", "wg set wg0 peer " + BOB_KEY + " endpoint 198.51.100.1:51820");

            Program.Result explained = lab.lab()
                    .wgsd("alice", "explain", BOB_KEY, "--device", "wg0", "--dns", RealLab.DNS, "--zone", RealLab.ZONE);

            assertThat(explained.status()).isEqualTo(1);
            assertThat(explained.output())
                    .contains("not reached", "there is no history", "lists the peer at 198.51.100.1:51820")
                    .contains("1. no agent runs there")
                    .doesNotContain(SYMMETRIC);
        }
    }
}
