package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollIntervalTest {

    private final PollInterval pollInterval = new PollInterval(Duration.ofMillis(50), Duration.ofSeconds(1));

    @ParameterizedTest
    @CsvSource({
        "PT0.0001S, PT0.05S",
        "PT0.01S, PT0.09S",
        "PT0.06S, PT0.54S",
        "PT0.2S, PT1S",
    })
    void readingsTakeATenthOfAProcessorWithinTheLimits(Duration cost, Duration pause) {
        assertThat(afterMany(cost)).isEqualTo(pause);
    }

    @Test
    void oneReadingThatBringsVeryMuchDoesNotKeepTheNextFromComingSoon() {
        afterMany(Duration.ofMillis(2));

        assertThat(pollInterval.after(Duration.ofMillis(200).toNanos())).isLessThan(Duration.ofMillis(150));
    }

    @Test
    void theFirstReadingDoesNotEither() {
        assertThat(pollInterval.after(Duration.ofMillis(80).toNanos())).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void readingsThatTakeLongInTurnsStillTakeATenth() {
        long read = 0;
        long waited = 0;
        for (int i = 0; i < 1000; i++) {
            long cost = Duration.ofMillis(i % 3 == 0 ? 60 : 1).toNanos();
            read += cost;
            waited += pollInterval.after(cost).toNanos();
        }

        assertThat((double) read / (read + waited)).isBetween(0.09, 0.11);
    }

    @Test
    void theIntervalIsAlsoTheLongestWhereThatIsLess() {
        PollInterval steady = new PollInterval(Duration.ofSeconds(10), Duration.ofSeconds(1));

        assertThat(steady.after(Duration.ofSeconds(20).toNanos())).isEqualTo(Duration.ofSeconds(10));
    }

    private Duration afterMany(Duration cost) {
        Duration pause = Duration.ZERO;
        for (int i = 0; i < 100; i++) {
            pause = pollInterval.after(cost.toNanos());
        }
        return pause;
    }
}
