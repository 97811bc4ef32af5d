package io.wgsd.tests.tunnel;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static io.wgsd.tests.lab.RealLab.REGISTRY_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole story over real WireGuard: this project's registry and clients, and the NATs of the lab. */
@Tag("runtime")
class FirstTunnelTest {

    private static final int PATIENCE_SECONDS = 15;

    @ParameterizedTest
    @CsvSource({"IPv4, 203.0.113.1:41424, 198.51.100.1:51820", "IPv6, [2001:db8:a::1]:41424, [2001:db8:b::1]:51820"})
    void peersBehindConeNatsGetADirectTunnelThatOutlivesTheRegistry(String family, String alice, String bob)
            throws IOException, InterruptedException {
        try (RealLab lab = family.equals("IPv6") ? RealLab.up("--ipv6") : RealLab.up();
                Background registry = lab.registry()) {
            // One line: with root on Linux there is nothing that it cannot tell about where packets come from.
            assertThat(registry.output().lines())
                    .singleElement()
                    .asString()
                    .matches("\\S+Z INFO ready: zone example\\.com of device wg0 at 10\\.0\\.0\\.254:53");
            assertThat(lab.ping(1)).as("a ping before").isFalse();

            Program.Result aliceDid = lab.client("alice");
            Program.Result bobDid = lab.client("bob");

            assertThat(aliceDid.status()).as(aliceDid.output()).isZero();
            assertThat(bobDid.status()).as(bobDid.output()).isZero();
            assertThat(lab.ping(PATIENCE_SECONDS)).as("a ping within 15 s").isTrue();
            assertThat(lab.endpoint("alice", BOB_KEY)).isEqualTo(bob);
            assertThat(lab.endpoint("bob", ALICE_KEY)).isEqualTo(alice);

            assertThat(registry.terminate()).isZero();
            assertThat(lab.ping(2)).as("a ping without the registry").isTrue();
        }
    }

    @Test
    void aSecondPassLeavesALiveSessionAlone() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up();
                Background registry = lab.registry()) {
            lab.client("alice");
            lab.client("bob");
            assertThat(lab.ping(PATIENCE_SECONDS)).isTrue();

            Program.Result again = lab.client("alice");

            assertThat(again.output())
                    .contains(BOB_KEY + " has a live session")
                    .contains(REGISTRY_KEY + " is the registry's");
            assertThat(registry.output()).doesNotContain("Exception");
        }
    }

    @Test
    void betweenSymmetricNatsThereIsNoTunnelAndNobodyClaimsOne() throws IOException, InterruptedException {
        try (RealLab lab = RealLab.up("--nat", "symmetric");
                Background registry = lab.registry()) {
            Program.Result aliceDid = lab.client("alice");
            Program.Result bobDid = lab.client("bob");

            assertThat(lab.ping(PATIENCE_SECONDS)).as("a ping").isFalse();
            assertThat(aliceDid.output() + bobDid.output()).doesNotContain("live session");
            assertThat(lab.client("alice").output()).doesNotContain(BOB_KEY + " has a live session");
            assertThat(registry.output()).doesNotContain("Exception");
        }
    }
}
