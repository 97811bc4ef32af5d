package io.wgsd.testkit.net.wireguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wgsd.testkit.net.WireGuardImplementation;
import io.wgsd.testkit.net.random.Randomness;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimerClockTest {

    private static final long MILLI = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "100, 620, 10",
        "100, 4990, 80",
        "100, 5030, 80",
        "100, 5040, 640",
        "250, 5000, 256",
        "1000, 5000, 512",
    })
    void aWheelsTimersGoOffOnAGridThatWidensWithTheDelay(int hz, long delayMillis, long gridMillis) {
        TimerClock wheel = new TimerClock.Wheel(hz, 0);
        for (long now = 0; now < 2_000 * MILLI; now += 7 * MILLI) {
            assertThat(wheel.due(now, delayMillis * MILLI) % (gridMillis * MILLI))
                    .isZero();
        }
    }

    @Test
    void aWheelsTimersAreNeverEarlyAndAtMostAnEighthLate() {
        TimerClock wheel = new TimerClock.Wheel(250, 123_456_789);
        Randomness random = new Randomness(5);
        for (int i = 0; i < 10_000; i++) {
            long now = random.below(Duration.ofDays(1).toNanos());
            long delay = Duration.ofMillis(4 * (1 + random.below(30_000))).toNanos();
            assertThat(wheel.due(now, delay) - now).isBetween(delay, delay + delay / 7 + 8 * MILLI);
        }
    }

    @Test
    void jitterIsLessThanAThirdOfASecond() {
        TimerClock exact = new TimerClock.Exact();
        Randomness random = new Randomness(5);
        long max = 0;
        for (int i = 0; i < 10_000; i++) {
            long jitter = exact.dueWithJitter(1_000, 0, random) - 1_000;
            assertThat(jitter).isBetween(0L, 333 * MILLI);
            max = Math.max(max, jitter);
        }
        assertThat(max).isEqualTo(333 * MILLI);
    }

    @Test
    void theKernelReadsAgesByTheLastTick() {
        assertThat(new TimerClock.Wheel(100, 0).read(29_999_999)).isEqualTo(20_000_000);
        assertThat(new TimerClock.Exact().read(29_999_999)).isEqualTo(29_999_999);
    }

    @Test
    void anImplementationWithAnImpossibleTickIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WireGuardImplementation.linux(5))
                .withMessage("ticks per second must be 10..10000, was 5");
    }
}
