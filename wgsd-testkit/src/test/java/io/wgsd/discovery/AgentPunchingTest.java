package io.wgsd.discovery;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.testkit.memory.MemoryDevice;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.Node;
import io.wgsd.testkit.net.SimulatedNat;
import io.wgsd.testkit.net.WireGuardImplementation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two agents in the simulated net bring about a direct tunnel, however they are started and whatever is lost. */
class AgentPunchingTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({"40,0,0", "40,0,5", "40,0,25", "40,0.05,0", "40,0.05,5", "40,0.05,25", "150,0,0", "150,0.05,5", "5,0,5"
    })
    void aTunnelStandsSoonAfterTheRegistryKnowsBoth(int owd, double loss, int keepalive) {
        List<Long> millis = new ArrayList<>();
        for (int seed = 1; seed <= 300; seed++) {
            millis.add(trial(seed, owd, loss, keepalive));
        }
        Collections.sort(millis);
        String summary = "owd " + owd + " loss " + loss + " keepalive " + keepalive + ": min " + millis.get(0) + " p50 "
                + millis.get(150) + " p90 " + millis.get(270) + " p99 " + millis.get(297) + " max " + millis.get(299);
        System.out.println(summary);
        assertThat(millis.get(299)).as(summary).isLessThan(LIMIT.toMillis());
    }

    private static long trial(int seed, int owd, double loss, int keepalive) {
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
        Node registry = lab.registry();
        List<SimulatedNat> nats = List.of(lab.aliceNat(), lab.bobNat());
        nats.forEach(nat -> lab.net().partition(nat, registry));
        nats.forEach(nat -> lab.timeline()
                .schedule(
                        Duration.ofMillis(7_000 + random.nextInt(5_000)),
                        () -> lab.net().heal(nat, registry)));
        new SimulatedRegistry(lab);
        agent(lab, true, seed).start();
        agent(lab, false, seed).start();
        lab.timeline().runFor(Duration.ofSeconds(1));
        Predicate<PublicKey> unheard = unheard(lab);
        assertThat(lab.timeline().runUntil(() -> !unheard.test(ALICE) && !unheard.test(BOB), LIMIT))
                .isTrue();
        Duration known = lab.timeline().elapsed();
        lab.timeline().runUntil(lab::isConnected, LIMIT);
        return lab.timeline().elapsed().minus(known).toMillis();
    }

    /** Tells whether the registry has no session with a peer. */
    private static Predicate<PublicKey> unheard(NatLab lab) {
        MemoryDevice device = lab.registry().wireGuard(DEVICE).device();
        return key ->
                device.peer(key).orElseThrow().statistics().latestHandshake().isEmpty();
    }

    private static SimulatedAgent agent(NatLab lab, boolean alice, int seed) {
        var host = alice ? lab.alice() : lab.bob();
        return new SimulatedAgent(lab, host, host.source(), AgentStore.inMemory(), 2L * seed + (alice ? 0 : 1));
    }
}
