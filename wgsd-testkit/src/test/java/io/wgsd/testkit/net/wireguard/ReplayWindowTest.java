package io.wgsd.testkit.net.wireguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

    @Test
    void countersAreTakenOnceInAnyOrderUnlessTheyAreTooOld() {
        ReplayWindow window = new ReplayWindow();
        Random random = new Random(3);
        Set<Long> seen = new HashSet<>();
        long newest = -1;
        for (int i = 0; i < 100_000; i++) {
            long counter = Math.max(0, newest + random.nextInt(random.nextInt(100) == 0 ? 20_000 : 40) - 20);
            boolean tooOld = counter + 8_192 - 64 < newest + 1;
            assertThat(window.accept(counter)).isEqualTo(!tooOld && seen.add(counter));
            newest = Math.max(newest, counter);
        }
        assertThat(window.accept(newest - 9_000)).isFalse();
    }
}
