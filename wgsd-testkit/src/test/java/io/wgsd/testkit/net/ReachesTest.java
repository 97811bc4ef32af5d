package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.ALICE_TUNNEL;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.DeviceChange;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the simulation knows of a tunnel without sending anything. */
class ReachesTest {

    private final NatLab lab = connected();

    @Test
    void bothSidesReachEachOtherUnderASession() {
        assertThat(aliceReachesBob()).isTrue();
        assertThat(bobReachesAlice()).isTrue();
    }

    @Test
    void lookingChangesNothing() {
        long before = lab.net().trace().hash();

        aliceReachesBob();
        lab.timeline().runFor(Duration.ofMillis(1));

        assertThat(lab.net().trace().hash()).isEqualTo(before);
    }

    @Test
    void aPeerWhoseNatForgotItIsNotReached() {
        lab.aliceNat().remap();

        assertThat(bobReachesAlice()).isFalse();
        assertThat(aliceReachesBob()).as("Bob's NAT does not know the new port").isFalse();
    }

    @Test
    void aSilenceCutsOneDirection() {
        lab.net().silence(lab.bobNat(), lab.aliceNat());

        assertThat(bobReachesAlice()).isFalse();
        assertThat(aliceReachesBob()).isTrue();
        lab.net().heal(lab.aliceNat(), lab.bobNat());
        assertThat(bobReachesAlice()).isTrue();
    }

    @Test
    void aPeerThatLostItsKeysIsNotReached() {
        Punch.apply(lab.bob(), DeviceChange.builder().peer(ALICE).restart().build());

        assertThat(aliceReachesBob()).isFalse();
    }

    @Test
    void aSessionThatHasExpiredReachesNobody() {
        lab.net().partition(lab.aliceNat(), lab.bobNat());
        lab.timeline().runFor(Duration.ofSeconds(181));
        lab.net().heal(lab.aliceNat(), lab.bobNat());

        assertThat(aliceReachesBob()).isFalse();
    }

    private boolean aliceReachesBob() {
        return lab.alice().wireGuard(DEVICE).reaches(BOB);
    }

    private boolean bobReachesAlice() {
        return lab.bob().wireGuard(DEVICE).reaches(ALICE);
    }

    private static NatLab connected() {
        NatLab lab = NatLab.builder().up();
        new Punch(lab).both(Duration.ofMillis(20), Punch.restart());
        Ping ping = lab.bob().wireGuard(DEVICE).ping(ALICE_TUNNEL);
        assertThat(lab.timeline().runUntil(ping::isAnswered, Duration.ofSeconds(10)))
                .isTrue();
        return lab;
    }
}
