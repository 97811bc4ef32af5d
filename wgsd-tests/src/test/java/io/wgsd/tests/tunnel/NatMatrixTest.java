package io.wgsd.tests.tunnel;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static io.wgsd.tests.tunnel.NatKind.Mapping.ADDRESS_AND_PORT_DEPENDENT;
import static io.wgsd.tests.tunnel.NatKind.Mapping.ADDRESS_DEPENDENT;
import static io.wgsd.tests.tunnel.NatKind.Mapping.ENDPOINT_INDEPENDENT;
import static io.wgsd.tests.tunnel.NatKind.Mapping.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Agents behind every pair of NATs, with real WireGuard: which pairs get a direct tunnel. Each test leaves its table in
 * {@code target/nat-matrix-*.md}. {@code -Dnat.trials} changes how many trials of each pair a release has.
 */
class NatMatrixTest {

    private static final List<NatKind> NATS =
            NatKind.all(ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT);
    /** IPv6 packets are mostly filtered, but not translated. */
    private static final List<NatKind> NATS_AND_FIREWALLS =
            NatKind.all(NONE, ADDRESS_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT);

    /** One of each mapping, and one of each filtering: what there is time for in the gate. */
    private static final List<NatKind> SOME_NATS = List.of(
            new NatKind(ENDPOINT_INDEPENDENT, NatKind.Filtering.ADDRESS_DEPENDENT),
            new NatKind(ENDPOINT_INDEPENDENT, NatKind.Filtering.ADDRESS_AND_PORT_DEPENDENT),
            new NatKind(ADDRESS_DEPENDENT, NatKind.Filtering.ENDPOINT_INDEPENDENT),
            new NatKind(ADDRESS_AND_PORT_DEPENDENT, NatKind.Filtering.ADDRESS_AND_PORT_DEPENDENT));

    private static final int TRIALS = Integer.getInteger("nat.trials", 20);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void pairsOfNatsGetADirectTunnelWhereThePacketsOfOneAreLetIn() throws Exception {
        matrix("nat-matrix-some", SOME_NATS, 1);
    }

    @Test
    @Tag("release")
    void eachPairDoesSoEveryTimeWithIpv4() throws Exception {
        matrix("nat-matrix-ipv4", NATS, TRIALS);
    }

    @Test
    @Tag("release")
    void eachPairDoesSoEveryTimeWithIpv6() throws Exception {
        matrix("nat-matrix-ipv6", NATS_AND_FIREWALLS, TRIALS, "--ipv6");
    }

    private static void matrix(String file, List<NatKind> kinds, int trials, String... options) throws Exception {
        NatMatrix matrix = new NatTrials(file, kinds, trials).run((pair, number) -> path(pair, options));
        for (NatPair pair : NatPair.all(kinds)) {
            assertThat(matrix.count("direct", pair.alice(), pair.bob()))
                    .as("direct tunnels of " + pair + " in " + trials + " trials:\n" + matrix)
                    .isEqualTo(pair.isDirect() ? trials : 0);
        }
    }

    /** Returns whether both agents report a direct tunnel, which carries a ping, or both report that there is none. */
    private static String path(NatPair pair, String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(pair.options());
        try (RealLab lab = RealLab.up(words.toArray(String[]::new));
                Background registry = lab.registry();
                Background alice = lab.agent("alice");
                Background bob = lab.agent("bob")) {
            Await.until(
                    "a report of both agents behind " + pair,
                    LIMIT,
                    () -> reports(alice, BOB_KEY, "direct") && reports(bob, ALICE_KEY, "direct")
                            || reports(alice, BOB_KEY, "unreachable") && reports(bob, ALICE_KEY, "unreachable"));
            assertThat(registry.output()).doesNotContain("Exception");
            return reports(alice, BOB_KEY, "direct") && lab.ping(5) ? "direct" : "none";
        }
    }

    private static boolean reports(Background agent, String key, String state) throws IOException {
        return agent.output().contains(key + " is " + state);
    }
}
