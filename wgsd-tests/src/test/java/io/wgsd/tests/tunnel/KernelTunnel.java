package io.wgsd.tests.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The first tunnel, with the kernel's own WireGuard on all nodes; {@link KernelTunnelTest} starts it in the kernel VM.
 */
class KernelTunnel {

    private static final int PATIENCE_SECONDS = 15;

    @Test
    void peersBehindConeNatsGetADirectTunnelThatOutlivesTheRegistry() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up("--kernel");
                Background registry = lab.registry("--backend", "netlink")) {
            assertThat(lab.ping(1)).as("a ping before").isFalse();

            Program.Result aliceDid = lab.client("alice", "--backend", "netlink");
            Program.Result bobDid = lab.client("bob", "--backend", "netlink");

            assertThat(aliceDid.status()).as(aliceDid.output()).isZero();
            assertThat(bobDid.status()).as(bobDid.output()).isZero();
            assertThat(lab.ping(PATIENCE_SECONDS)).as("a ping within 15 s").isTrue();
            assertThat(lab.endpoint("alice", RealLab.BOB_KEY)).isEqualTo("198.51.100.1:51820");
            assertThat(lab.endpoint("bob", RealLab.ALICE_KEY)).isEqualTo("203.0.113.1:41424");

            assertThat(registry.terminate()).as(registry.output()).isZero();
            assertThat(lab.ping(2)).as("a ping without the registry").isTrue();
        }
    }

    @Test
    void agentsGetADirectTunnelAndStayOutOfIt() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up("--kernel");
                Background registry = lab.registry("--backend", "netlink");
                Background alice = lab.agent("alice", "--backend", "netlink");
                Background bob = lab.agent("bob", "--backend", "netlink")) {
            alice.awaitLine(RealLab.BOB_KEY + " is direct at 198.51.100.1:51820");
            bob.awaitLine(RealLab.ALICE_KEY + " is direct at 203.0.113.1:41424");

            Program.Result pings = lab.exec("alice", "ping", "-i", "0.2", "-c", "25", "10.0.0.2");
            assertThat(pings.output()).contains("25 received, 0% packet loss");
            assertThat(alice.output() + bob.output() + registry.output()).doesNotContain("Exception");
        }
    }

    @Test
    void withoutBeingToldTheCommandFindsTheKernel() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up("--kernel")) {
            assertThat(lab.wgsd("alice", "backends").output()).contains("netlink: available: Linux ");
            assertThat(lab.wgsd("alice", "show").output()).startsWith("wg0 (kernel)");
        }
    }
}
