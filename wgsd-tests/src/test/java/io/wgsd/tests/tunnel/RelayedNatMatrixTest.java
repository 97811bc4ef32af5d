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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Agents behind every pair of NATs, with real WireGuard and a registry with a relay: each pair gets a tunnel, directly
 * where one of the NATs lets the other side's packets in, otherwise by the relay. Each test leaves its table in
 * {@code target/relayed-nat-matrix-*.md}, and what the agents saw beside it. {@code -Dnat.trials} changes how many
 * trials of each pair a release has.
 */
class RelayedNatMatrixTest {

    private static final List<NatKind> NATS =
            NatKind.all(ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT);
    private static final List<NatKind> NATS_AND_FIREWALLS =
            NatKind.all(NONE, ADDRESS_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT);

    private static final NatKind STRICT =
            new NatKind(ADDRESS_AND_PORT_DEPENDENT, NatKind.Filtering.ADDRESS_AND_PORT_DEPENDENT);

    private static final int TRIALS = Integer.getInteger("nat.trials", 20);
    /** In which a session that came to the relay first is moved, also on a slow machine. */
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** So many pings take ten seconds; agents look for a direct path after two and six. */
    private static final int MANY_PINGS = 50;

    @Test
    void aPairHasATunnelByTheRelayWhereItCannotHaveADirectOne() throws Exception {
        List<NatKind> kinds =
                List.of(new NatKind(ENDPOINT_INDEPENDENT, NatKind.Filtering.ADDRESS_AND_PORT_DEPENDENT), STRICT);
        matrix("some", kinds, 1, 5);
    }

    @Test
    void firewallsForIpv6AreNoException() throws Exception {
        List<NatKind> kinds = List.of(new NatKind(NONE, NatKind.Filtering.ADDRESS_AND_PORT_DEPENDENT), STRICT);
        matrix("some-ipv6", kinds, 1, 5, "--ipv6");
    }

    @Test
    @Tag("release")
    void eachPairHasATunnelEveryTimeWithIpv4() throws Exception {
        matrix("ipv4", NATS, TRIALS, MANY_PINGS);
    }

    @Test
    @Tag("release")
    void eachPairHasATunnelEveryTimeWithIpv6() throws Exception {
        matrix("ipv6", NATS_AND_FIREWALLS, TRIALS, MANY_PINGS, "--ipv6");
    }

    private static void matrix(String name, List<NatKind> kinds, int trials, int pings, String... options)
            throws Exception {
        Path folder = Path.of("target", "relayed-nat-matrix-" + name).toAbsolutePath();
        NatMatrix matrix = new NatTrials("relayed-nat-matrix-" + name, kinds, trials).run((pair, number) -> {
            String trial = pair.alice() + "-" + pair.bob() + "-" + number;
            return path(pair, Files.createDirectories(folder.resolve(trial.replace('/', '_'))), pings, options);
        });
        for (NatPair pair : NatPair.all(kinds)) {
            assertThat(matrix.count(predicted(pair), pair.alice(), pair.bob()))
                    .as("tunnels of " + pair + " by " + predicted(pair) + " in " + trials + " trials:\n" + matrix)
                    .isEqualTo(trials);
        }
    }

    private static String predicted(NatPair pair) {
        return pair.isDirect() ? "direct" : "relay";
    }

    /** Returns "direct" or "relay" if both agents say so in the end and it works, otherwise "none". */
    private static String path(NatPair pair, Path folder, int pings, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(pair.options());
        String relay = words.contains("--ipv6") ? "[2001:db8::1]:443" : "192.0.2.1:443";
        try (RealLab lab = RealLab.up(words.toArray(String[]::new));
                Background registry = lab.registry("--relay", relay, "--state", state(folder, "registry"));
                Background alice = agent(lab, "alice", folder);
                Background bob = agent(lab, "bob", folder)) {
            String state = pair.isDirect() ? "direct" : "relayed";
            // If it does not become true the table shows what there is instead.
            Await.becomesTrue(LIMIT, () -> isNow(alice, BOB_KEY, state) && isNow(bob, ALICE_KEY, state));
            if (!pair.isDirect()) {
                lab.exec("alice", "ping", "-q", "-c", Integer.toString(pings), "-i", "0.2", "10.0.0.2");
            }
            boolean isConnected = lab.ping(5);
            Files.writeString(folder.resolve("alice.log"), alice.output());
            Files.writeString(folder.resolve("bob.log"), bob.output());
            assertThat(registry.output()).doesNotContain("Exception");
            boolean byRelay = isNow(alice, BOB_KEY, "relayed") && isNow(bob, ALICE_KEY, "relayed");
            boolean direct = isNow(alice, BOB_KEY, "direct") && isNow(bob, ALICE_KEY, "direct");
            if (!isConnected || byRelay == direct) {
                return "none";
            }
            // An agent that looks for a direct path sets another endpoint for a millisecond.
            Await.until(
                    "both endpoints as the agents report them, behind " + pair,
                    () -> lab.endpoint("alice", BOB_KEY).equals(relay) == byRelay
                            && lab.endpoint("bob", ALICE_KEY).equals(relay) == byRelay);
            return byRelay ? "relay" : "direct";
        }
    }

    private static Background agent(RealLab lab, String node, Path folder) throws IOException, InterruptedException {
        return lab.agent(node, "--state", state(folder, node), "--record", state(folder, node + ".record"));
    }

    private static String state(Path folder, String name) {
        return folder.resolve(name).toString();
    }

    /** Returns whether this is the latest of the peer's states that the agent has reported. */
    private static boolean isNow(Background agent, String key, String state) throws IOException {
        String output = agent.output();
        int latest = output.lastIndexOf(key + " is ");
        return latest >= 0 && output.startsWith(key + " is " + state, latest);
    }
}
