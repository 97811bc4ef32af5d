package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.testkit.memory.MemoryDevice;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedNat;
import io.wgsd.testkit.net.SimulatedRegistry;
import io.wgsd.testkit.net.WireGuardImplementation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two agents in the simulated net make a direct tunnel, no matter how they are started and what is lost. */
class AgentPunchingTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int TRIALS = 300;
    private static final int FIRST_SEED = 1001;

    /** Milliseconds for the middle one of the trials and for the one in a hundred that took longest. */
    @ParameterizedTest
    @CsvSource({
        "40, 0, 0, 400, 1000",
        "40, 0, 5, 400, 1000",
        "40, 0, 25, 400, 1000",
        "40, 0.05, 0, 500, 2000",
        "40, 0.05, 5, 500, 2000",
        "40, 0.05, 25, 500, 2000",
        "150, 0, 0, 1500, 3750",
        "150, 0.05, 5, 1875, 7500",
        "5, 0, 5, 100, 250"
    })
    void aTunnelIsUpSoonAfterTheRegistryHasASessionWithBoth(
            int oneWayDelay, double loss, int keepalive, long middle, long nearlyAll) {
        assertTimes(middle, nearlyAll, seed -> trial(seed, oneWayDelay, loss, keepalive, false));
    }

    /** As at each boot: the agents run, and the tunnel's interfaces come up with the network. */
    @ParameterizedTest
    @CsvSource({"40, 0, 0, 400, 1000", "40, 0, 25, 400, 1000", "40, 0.05, 25, 500, 2000", "150, 0, 25, 1500, 3750"})
    void aTunnelIsUpAsSoonIfTheInterfacesComeUpAfterTheAgents(
            int oneWayDelay, double loss, int keepalive, long middle, long nearlyAll) {
        assertTimes(middle, nearlyAll, seed -> trial(seed, oneWayDelay, loss, keepalive, true));
    }

    private static void assertTimes(long middle, long nearlyAll, IntToLongFunction trial) {
        List<Long> millis = IntStream.range(FIRST_SEED, FIRST_SEED + TRIALS)
                .mapToLong(trial)
                .sorted()
                .boxed()
                .toList();

        assertThat(millis.get(TRIALS / 2)).as("the middle one of %s", millis).isLessThanOrEqualTo(middle);
        assertThat(millis.get(TRIALS * 99 / 100))
                .as("the 99th percentile of %s", millis)
                .isLessThanOrEqualTo(nearlyAll);
    }

    private static long trial(int seed, int owd, double loss, int keepalive, boolean interfaces) {
        Random random = new Random(seed);
        NatLab lab = NatLab.builder()
                .seed(seed)
                .implementation(WireGuardImplementation.linux(100))
                .conditions(LinkConditions.builder()
                        .delay(Duration.ofMillis(owd))
                        .loss(loss)
                        .build())
                .keepalive(Duration.ofSeconds(keepalive))
                .build();
        SimulatedRegistry registry = SimulatedRegistry.start(lab.registry(), DEVICE);
        Map<SimulatedNat, SimulatedAgent> agents = new LinkedHashMap<>();
        agents.put(lab.aliceNat(), agent(lab, registry, true, seed));
        agents.put(lab.bobNat(), agent(lab, registry, false, seed));
        agents.keySet().forEach(nat -> lab.net().partition(nat, lab.registry()));
        agents.forEach((nat, agent) -> {
            agent.interfaceUp(!interfaces).start();
            lab.timeline().schedule(Duration.ofMillis(7_000 + random.nextInt(5_000)), () -> {
                lab.net().heal(nat, lab.registry());
                if (interfaces) {
                    agent.interfaceUp(true);
                }
            });
        });
        lab.timeline().runFor(Duration.ofSeconds(1));
        Predicate<PublicKey> unheard = unheard(lab);
        assertThat(lab.timeline().runUntil(() -> !unheard.test(ALICE) && !unheard.test(BOB), LIMIT))
                .isTrue();
        Duration known = lab.timeline().elapsed();
        assertThat(lab.timeline().runUntil(lab::isConnected, LIMIT)).isTrue();
        return lab.timeline().elapsed().minus(known).toMillis();
    }

    /** Tells whether the registry has no session with a peer. */
    private static Predicate<PublicKey> unheard(NatLab lab) {
        MemoryDevice device = lab.registry().wireGuard(DEVICE).device();
        return key ->
                device.peer(key).orElseThrow().statistics().latestHandshake().isEmpty();
    }

    private static SimulatedAgent agent(NatLab lab, SimulatedRegistry registry, boolean alice, int seed) {
        var host = alice ? lab.alice() : lab.bob();
        return new SimulatedAgent(lab, registry, host, 2L * seed + (alice ? 0 : 1));
    }
}
