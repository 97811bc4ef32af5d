package io.wgsd.relay.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

    private final ReplayWindow window = new ReplayWindow();

    @Test
    void aCounterIsNewOnce() {
        assertThat(take(0)).isTrue();
        assertThat(take(0)).isFalse();
        assertThat(take(2)).isTrue();
        assertThat(take(1)).isTrue();
        assertThat(take(1)).isFalse();
    }

    @Test
    void aCounterThatIsTooOldIsNotNew() {
        take(100_000);
        assertThat(window.isNew(100_000 - ReplayWindow.SIZE + 1)).isTrue();
        assertThat(window.isNew(100_000 - ReplayWindow.SIZE - 1)).isFalse();
        assertThat(window.isNew(0)).isFalse();
    }

    @Test
    void aCounterThatWouldBeNegativeIsNotNew() {
        assertThat(window.isNew(-1)).isFalse();
        assertThat(window.isNew(Long.MIN_VALUE)).isFalse();
    }

    @Test
    void inAnyOrderEachCounterIsTakenOnceAtMost() {
        Random random = new Random(1);
        Set<Long> taken = new HashSet<>();
        long greatest = 0;
        for (int i = 0; i < 200_000; i++) {
            long counter = Math.max(0, greatest + random.nextInt(12_000) - 11_000 + (i % 5000 == 0 ? 20_000 : 0));
            boolean isNew = take(counter);
            if (taken.contains(counter)) {
                assertThat(isNew).isFalse();
            } else if (counter > greatest - ReplayWindow.SIZE) {
                assertThat(isNew).isTrue();
            }
            if (isNew) {
                taken.add(counter);
            }
            greatest = Math.max(greatest, counter);
        }
    }

    private boolean take(long counter) {
        boolean isNew = window.isNew(counter);
        if (isNew) {
            window.add(counter);
        }
        return isNew;
    }
}
