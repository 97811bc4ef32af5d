package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE_TUNNEL;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeterminismTest {

    @Test
    void theSameSeedMakesTheSameHistory() {
        assertThat(history(42)).isEqualTo(history(42));
    }

    @Test
    void anotherSeedMakesAnotherHistory() {
        assertThat(history(42)).isNotEqualTo(history(43));
    }

    @Test
    void watchingChangesNothing() {
        NatLab watched = lab(42);
        watched.net().trace().listen(event -> {});

        assertThat(history(watched)).isEqualTo(history(42));
    }

    @Test
    void aSeedMeansTheSameOnEveryJavaRuntime() {
        // If a change to the simulation changes this on purpose, note it in the change log: seeds of bug reports die
        // with it.
        assertThat(history(42)).isEqualTo(1370525288107898049L);
    }

    private static long history(long seed) {
        return history(lab(seed));
    }

    private static long history(NatLab lab) {
        lab.timeline().runFor(Duration.ofSeconds(3));
        new Punch(lab).both(Duration.ofMillis(20), Punch.restart());
        lab.timeline()
                .scheduleAtFixedRate(
                        Duration.ZERO,
                        Duration.ofMillis(700),
                        () -> lab.bob().wireGuard(DEVICE).ping(ALICE_TUNNEL));
        lab.timeline().runFor(Duration.ofMinutes(10));
        return lab.net().trace().hash();
    }

    private static NatLab lab(long seed) {
        return NatLab.builder()
                .seed(seed)
                .aliceNat(NatKind.FULL_CONE)
                .conditions(LinkConditions.builder()
                        .delay(Duration.ofMillis(40))
                        .jitter(Duration.ofMillis(15))
                        .loss(0.05)
                        .duplication(0.01)
                        .build())
                .implementation(WireGuardImplementation.linux(250))
                .up();
    }
}
