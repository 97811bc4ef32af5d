package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.NatMapping;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatKind;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long two agents behind symmetric NATs take to get a tunnel by a relay, from when registry and relay hear both:
 * 40 ms one way between any two.
 */
class RelayTimesTest {

    private static final int TRIALS = 60;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Milliseconds for the middle one of the trials and for the longest, where the NATs are known to be dependent or not. */
    @ParameterizedTest
    @CsvSource({"false, 0, 1500, 3000", "true, 0, 750, 1500", "false, 0.05, 3000, 60000", "true, 0.05, 1500, 15000"})
    void aTunnelByTheRelayIsUpSoon(boolean known, double loss, long middle, long longest) {
        List<Long> millis = IntStream.rangeClosed(1, TRIALS)
                .mapToObj(seed -> trial(seed, known, loss))
                .sorted()
                .toList();

        assertThat(millis.get(TRIALS / 2)).as("the middle one of %s", millis).isLessThanOrEqualTo(middle);
        assertThat(millis.get(TRIALS - 1)).as("the longest of %s", millis).isLessThanOrEqualTo(longest);
    }

    private static long trial(int seed, boolean known, double loss) {
        Random random = new Random(seed);
        NatLab lab = NatLab.builder()
                .seed(seed)
                .nat(NatKind.SYMMETRIC)
                .relay("relay")
                .conditions(LinkConditions.builder()
                        .delay(Duration.ofMillis(40))
                        .loss(loss)
                        .build())
                .bobStartsAfter(Duration.ofMillis(1 + random.nextInt(3_000)))
                .build();
        SimulatedRegistry registry =
                SimulatedRegistry.start(lab.registry(), DEVICE).pushing(true).announce(lab.relay("relay"));
        if (known) {
            registry.setNatMapping(ALICE, NatMapping.ADDRESS_AND_PORT_DEPENDENT);
            registry.setNatMapping(BOB, NatMapping.ADDRESS_AND_PORT_DEPENDENT);
        }
        new SimulatedAgent(lab, registry, lab.alice(), 2L * seed).start();
        new SimulatedAgent(lab, registry, lab.bob(), 2L * seed + 1).start();
        boolean heard = lab.timeline()
                .runUntil(
                        () -> lab.advertised(ALICE).isPresent()
                                && lab.advertised(BOB).isPresent()
                                && lab.relay("relay").attached().size() == 2,
                        LIMIT);
        Duration begin = lab.timeline().elapsed();
        boolean connected = lab.timeline().runUntil(lab::isConnected, LIMIT);

        assertThat(heard && connected).as("trial %d has a tunnel", seed).isTrue();
        return lab.timeline().elapsed().minus(begin).toMillis();
    }
}
