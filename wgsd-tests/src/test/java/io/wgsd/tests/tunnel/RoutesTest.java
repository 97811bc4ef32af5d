package io.wgsd.tests.tunnel;

import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static io.wgsd.tests.lab.RealLab.REGISTRY_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What routes decide, with real ones: those of WireGuard's own packets, which need not be those of applications. */
class RoutesTest {

    private static final String BOB_IS_AT = "198.51.100.1:51820";

    @Test
    void aDeviceWithAMarkAndATableOfItsOwnReachesWhatApplicationsCannot() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry()) {
            // As wg-quick has it, and without any other way out.
            on(lab, """
                    wg set wg0 fwmark 51820 peer %s allowed-ips 0.0.0.0/0
                    ip route add default via 198.18.1.254 table 200
                    ip rule add fwmark 51820 table 200
                    ip route del default
                    """.formatted(REGISTRY_KEY));

            Program.Result did = lab.client("alice");

            assertThat(did.status()).as(did.output()).isZero();
            assertThat(lab.endpoint("alice", BOB_KEY)).as(did.output()).isEqualTo(BOB_IS_AT);
            assertThat(registry.output()).doesNotContain("Exception");
        }
    }

    @Test
    void aDefaultRouteInPiecesRefusesNobody() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry()) {
            on(lab, """
                    wg set wg0 fwmark 51820 peer %s allowed-ips 0.0.0.0/1,128.0.0.0/1
                    ip route add 0.0.0.0/1 dev wg0 table 100
                    ip route add 128.0.0.0/1 dev wg0 table 100
                    ip rule add not fwmark 51820 table 100
                    ip rule add table main suppress_prefixlength 0
                    """.formatted(REGISTRY_KEY));

            Program.Result did = lab.client("alice");

            assertThat(did.status()).as(did.output()).isZero();
            assertThat(lab.endpoint("alice", BOB_KEY)).as(did.output()).isEqualTo(BOB_IS_AT);
            assertThat(registry.output()).doesNotContain("Exception");
        }
    }

    @Test
    void anEndpointToWhichPacketsWouldGoIntoTheTunnelItselfIsRefused() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry()) {
            on(lab, "ip route add 198.51.100.0/24 dev wg0");

            assertThat(lab.client("alice").output()).contains("would go into wg0 itself");
            assertThat(lab.endpoint("alice", BOB_KEY)).isEqualTo("(none)");
            on(lab, "ip route replace unreachable 198.51.100.0/24");
            assertThat(lab.client("alice").output()).contains("no route to it for packets of wg0's own");
            assertThat(lab.endpoint("alice", BOB_KEY)).isEqualTo("(none)");
            assertThat(registry.output()).doesNotContain("Exception");
        }
    }

    @Test
    void aDeviceThatWasMovedIntoAnotherNamespaceKeepsItsWayOut() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry()) {
            // In one go, since what is mounted is seen by nobody else.
            String move = """
                    ip netns add inner
                    ip link set wg0 netns inner
                    ip -n inner link set lo up
                    ip -n inner address add 10.0.0.1/24 dev wg0
                    ip -n inner link set wg0 up
                    ip netns exec inner "$@"
                    ip netns exec inner wg show wg0 endpoints
                    """;
            Program.Result did = lab.exec("alice", inner(move, "client", "--device", "wg0"));

            assertThat(did.status()).as(did.output()).isZero();
            assertThat(did.output())
                    .contains("may be in another network namespace")
                    .contains(BOB_KEY + "\t" + BOB_IS_AT);
            assertThat(registry.output()).doesNotContain("Exception");
        }
    }

    @Test
    void anInterfaceThatComesUpAfterTheAgentIsUsedAtOnce() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry()) {
            on(lab, "ip link set wg0 down");
            try (Background alice = lab.agent("alice");
                    Background bob = lab.agent("bob")) {
                alice.awaitLine("registry " + RealLab.DNS + " is not asked");
                on(lab, "ip link set wg0 up");
                alice.awaitLine(BOB_KEY + " is direct at " + BOB_IS_AT);
                assertThat(alice.output() + bob.output() + registry.output()).doesNotContain("Exception");
            }
        }
    }

    private static String[] inner(String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-e", "-c", script, "sh"));
        words.addAll(Wgsd.command(arguments));
        words.addAll(List.of("--dns", RealLab.DNS, "--zone", RealLab.ZONE));
        return words.toArray(String[]::new);
    }

    private static void on(RealLab lab, String commands) throws IOException, InterruptedException {
        Program.Result result = lab.exec("alice", "sh", "-e", "-c", commands);
        assertThat(result.status()).as(result.output()).isZero();
    }
}
