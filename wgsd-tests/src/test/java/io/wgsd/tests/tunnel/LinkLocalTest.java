package io.wgsd.tests.tunnel;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static io.wgsd.tests.lab.RealLab.REGISTRY_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Tunnels that have link-local addresses and no others, over real WireGuard. */
class LinkLocalTest {

    private static final String REGISTRY = "fe80::1%wg0";
    /** The one that ends removes the socket, and must not remove the next one's. */
    private static final String GONE =
            "ip link delete wg0; timeout 20 sh -c 'while [ -e /run/wireguard/wg0.sock ]; do sleep 0.05; done'";

    private static final String BOB_IS_AT = "198.51.100.1:51820";

    @Test
    void peersFindEachOther() throws IOException, InterruptedException {
        try (RealLab lab = up();
                Background registry = lab.registry()) {
            assertThat(registry.output()).contains("at [fe80::1%wg0]:53");

            Program.Result did = client(lab);
            assertThat(did.status()).as(did.output()).isZero();
            assertThat(did.output()).doesNotContain("forge");
            assertThat(lab.endpoint("alice", BOB_KEY)).as(did.output()).isEqualTo(BOB_IS_AT);

            on(lab, "alice", "wg set wg0 peer " + BOB_KEY + " remove");
            on(lab, "alice", "wg set wg0 peer " + BOB_KEY + " allowed-ips fe80::b/128");
            try (Background alice = agent(lab, "alice");
                    Background bob = agent(lab, "bob")) {
                alice.awaitLine(BOB_KEY + " is direct at " + BOB_IS_AT);
                bob.awaitLine(ALICE_KEY + " is direct at");
                assertThat(lab.exec("alice", "ping", "-c", "1", "-w", "5", "fe80::b%wg0")
                                .status())
                        .isZero();
                assertThat(alice.output() + bob.output() + registry.output()).doesNotContain("Exception");
            }
        }
    }

    @Test
    void anAgentWaitsForItsInterfaceAndFollowsItWhenItIsMadeAgain() throws IOException, InterruptedException {
        try (RealLab lab = up();
                Background registry = lab.registry("--listen", "[fe80::1%wg0]:53")) {
            on(lab, "alice", GONE);
            try (Background alice = agent(lab, "alice");
                    Background bob = agent(lab, "bob")) {
                for (int i = 0; i < 2; i++) {
                    on(lab, "alice", """
                            ip link add spare%d type veth peer name epars%d
                            LOG_LEVEL=error wireguard-go wg0
                            echo 0CtieMOYKa2RduPbJss/Um9BiQPSjgvHW+B7Mor5OnE= >/run/key
                            wg set wg0 private-key /run/key listen-port 51820
                            wg set wg0 peer %s allowed-ips fe80::1/128 endpoint 192.0.2.1:51820 persistent-keepalive 5
                            wg set wg0 peer %s allowed-ips fe80::b/128 persistent-keepalive 5
                            ip link set wg0 addrgenmode none
                            ip address add fe80::a/64 dev wg0
                            ip link set wg0 up
                            """.formatted(i, i, REGISTRY_KEY, BOB_KEY));
                    assertThat(lab.exec("alice", "ping", "-c", "1", "-i", "0.2", "-w", "60", "fe80::b%wg0")
                                    .status())
                            .as(alice.output())
                            .isZero();
                    if (i == 0) {
                        on(lab, "alice", GONE);
                    }
                }
                assertThat(alice.output() + bob.output() + registry.output()).doesNotContain("Exception");
            }
        }
    }

    private static RealLab up() throws IOException, InterruptedException {
        RealLab lab = RealLab.up();
        linkLocal(lab, "registry", "fe80::1");
        linkLocal(lab, "alice", "fe80::a");
        linkLocal(lab, "bob", "fe80::b");
        on(
                lab,
                "registry",
                "wg set wg0 peer " + ALICE_KEY + " allowed-ips fe80::a/128 peer " + BOB_KEY
                        + " allowed-ips fe80::b/128");
        on(
                lab,
                "alice",
                "wg set wg0 peer " + REGISTRY_KEY + " allowed-ips fe80::1/128 peer " + BOB_KEY
                        + " allowed-ips fe80::b/128");
        on(
                lab,
                "bob",
                "wg set wg0 peer " + REGISTRY_KEY + " allowed-ips fe80::1/128 peer " + ALICE_KEY
                        + " allowed-ips fe80::a/128");
        return lab;
    }

    private static void linkLocal(RealLab lab, String node, String address) throws IOException, InterruptedException {
        on(lab, node, "ip address flush dev wg0; ip address add " + address + "/64 dev wg0");
    }

    private static Program.Result client(RealLab lab) throws IOException, InterruptedException {
        return lab.wgsd("alice", "client", "--device", "wg0", "--dns", REGISTRY, "--zone", RealLab.ZONE);
    }

    private static Background agent(RealLab lab, String node) throws IOException, InterruptedException {
        return lab.agent(node, "--dns", REGISTRY);
    }

    private static void on(RealLab lab, String node, String commands) throws IOException, InterruptedException {
        Program.Result result = lab.exec(node, "sh", "-e", "-c", commands);
        assertThat(result.status()).as(result.output()).isZero();
    }
}
