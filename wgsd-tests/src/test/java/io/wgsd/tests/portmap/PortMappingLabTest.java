package io.wgsd.tests.portmap;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A port is mapped by real routers (miniupnpd): where both sides' NATs are symmetric, one mapped side is enough. */
@Tag("runtime")
class PortMappingLabTest {

    private static final String ROUTER = "198.18.1.254";
    private static final String ALICE = "198.18.1.1";
    private static final long LIMIT_SECONDS = 30;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"pcp, PCP", "nat-pmp, NAT-PMP", "upnp, UPnP"})
    void aMappedPortIsReachedThroughTwoSymmetricNatsRenewedAndReleased(String protocol, String name)
            throws IOException, InterruptedException {
        try (RealLab lab = lab(protocol)) {
            assertThat(lab.ping(1)).as("without a mapping").isFalse();

            try (Background mapper = map(lab, 51820)) {
                mapper.awaitLine("mapped 203.0.112.1:51820 by " + name);
                assertThat(rules(lab)).contains("dnat ip to " + ALICE + ":51820");
                lab.exec("bob", "wg", "set", "wg0", "peer", ALICE_KEY, "endpoint", "203.0.112.1:51820");
                assertThat(lab.exec("bob", "ping", "-c", "1", "-w", "10", "10.0.0.1")
                                .status())
                        .as("from outside, by the mapped port")
                        .isZero();

                mapper.awaitLines("renewed 203.0.112.1:51820", 2);
                assertThat(rules(lab)).contains("dnat ip to " + ALICE + ":51820");

                assertThat(mapper.endInput()).isZero();
            }
            awaitRules(lab, rules -> !rules.contains("dnat"));
        }
    }

    @ParameterizedTest
    @CsvSource({"pcp", "upnp"})
    void whatAKilledProcessHasMappedTheNextOneReleases(String protocol) throws IOException, InterruptedException {
        try (RealLab lab = lab(protocol)) {
            Background killed = map(lab, 51820);
            killed.awaitLine("mapped 203.0.112.1:51820");
            killed.kill();
            assertThat(rules(lab)).contains(":51820");

            try (Background next = map(lab, 51821)) {
                next.awaitLine("mapped 203.0.112.1:51821");
                awaitRules(lab, rules -> rules.contains(":51821") && !rules.contains(":51820"));
            }
        }
    }

    @Test
    void agentsBehindSymmetricNatsConnectByTheMappedPortWithoutARelay() throws IOException, InterruptedException {
        try (RealLab lab = lab("pcp")) {
            lab.registry();
            Background alice = lab.agent("alice", "--state", folder.toString());
            lab.agent("bob");

            assertThat(lab.ping(20)).isTrue();
            assertThat(lab.endpoint("bob", ALICE_KEY)).isEqualTo("203.0.112.1:51820");
            alice.awaitLine("the router 198.18.1.254 forwards 203.0.112.1:51820 to port 51820 of this host (PCP)");

            assertThat(alice.terminate()).isZero();
            awaitRules(lab, rules -> !rules.contains("dnat"));
            assertThat(Files.readString(folder.resolve("wg0.portmap"))).isEqualTo("wgsd-portmap 1\n");
        }
    }

    @Test
    void aRouterThatClaimsAnotherAddressLeadsNobodyThere() throws IOException, InterruptedException {
        Program.require("miniupnpd", "miniupnpd-nftables");
        try (RealLab lab = RealLab.up("--nat", "symmetric", "--same-net", "--port-mapping", "pcp")) {
            lab.exec("alice-nat", "sh", "-c", "kill $(cat /run/miniupnpd.pid)");
            lab.exec("alice-nat", "sh", "-c", "echo ext_ip=203.0.112.9 >>/run/miniupnpd.conf");
            lab.exec("alice-nat", "miniupnpd", "-f", "/run/miniupnpd.conf");
            lab.registry();
            Background alice = lab.agent("alice");

            alice.awaitLine("forwards 203.0.112.9:51820 to port 51820 of this host (PCP), which is of no use:"
                    + " a registry sees this host at 203.0.112.1");
            assertThat(candidates(lab)).contains("192.168.7.1:51820").doesNotContain("203.0.112.9");
        }
    }

    @Test
    void anAgentMayBeToldToAskNoRouter() throws IOException, InterruptedException {
        try (RealLab lab = lab("pcp")) {
            lab.registry();
            Background asks = lab.agent("alice");
            asks.awaitLine("the router 198.18.1.254 forwards 203.0.112.1:51820");
            asks.terminate();
            awaitRules(lab, rules -> !rules.contains("dnat"));
            Background alice = lab.agent("alice", "--no-port-mapping");
            lab.agent("bob");

            assertThat(lab.ping(6)).isFalse();
            assertThat(rules(lab)).doesNotContain("dnat");
            assertThat(alice.output()).doesNotContain("forwards");
        }
    }

    @ParameterizedTest
    @CsvSource({"pcp, PCP", "nat-pmp, NAT-PMP", "upnp, UPnP"})
    void netcheckShowsWhatTheRouterOffersAndMapsNothing(String protocol, String name)
            throws IOException, InterruptedException {
        try (RealLab lab = lab(protocol)) {
            lab.registry();

            String output = lab.wgsd(
                            "alice", "netcheck", "--device", "wg0", "--dns", RealLab.DNS, "--zone", RealLab.ZONE)
                    .output()
                    .replaceAll("\\s+", " ");

            assertThat(output)
                    .contains("ports the router 198.18.1.254 can be asked to forward some: " + name + " relay ");
            assertThat(rules(lab)).doesNotContain("dnat");
        }
    }

    /** Waits until something is registered of Alice, and returns that. */
    private static String candidates(RealLab lab) throws IOException, InterruptedException {
        String name = DnsSdNames.parse(RealLab.ZONE)
                .candidates(PublicKey.parse(ALICE_KEY))
                .toString();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        String shown = "";
        while (shown.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing is registered within " + LIMIT_SECONDS + " s");
            }
            shown = lab.exec("bob", "dig", "+short", "@10.0.0.254", name, "TXT")
                    .output()
                    .strip();
        }
        return shown;
    }

    private static RealLab lab(String protocol) throws IOException, InterruptedException {
        Program.require("miniupnpd", "miniupnpd-nftables");
        return RealLab.up("--nat", "symmetric", "--port-mapping", protocol);
    }

    private Background map(RealLab lab, int port) throws IOException {
        return lab.startExample(
                "alice",
                "MapPort",
                ROUTER,
                ALICE,
                Integer.toString(port),
                "10",
                folder.resolve("mapped").toString());
    }

    private static String rules(RealLab lab) throws IOException, InterruptedException {
        return lab.exec("alice-nat", "nft", "list", "table", "inet", "ports").output();
    }

    private static void awaitRules(RealLab lab, Predicate<String> condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        String rules = rules(lab);
        while (!condition.test(rules)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after " + LIMIT_SECONDS + " s the router has:\n" + rules);
            }
            TimeUnit.MILLISECONDS.sleep(50);
            rules = rules(lab);
        }
    }
}
