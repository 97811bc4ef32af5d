package io.wgsd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));

    @ParameterizedTest
    @CsvSource({
        "0,          PT0.25S",
        "1,          PT0.5S",
        "2,          PT1S",
        "3,          PT2S",
        "4,          PT4S",
        "5,          PT8S",
        "6,          PT10S",
        "7,          PT10S",
        "2147483647, PT10S"
    })
    void doublesWithEachFailureUpToTheLimit(int failures, Duration delay) {
        assertThat(backoff.after(failures)).isEqualTo(delay);
    }

    @Test
    void neverWaitsLessThanUsual() {
        Backoff slow = new Backoff(Duration.ofMinutes(1), Duration.ofSeconds(10));
        assertThat(slow.after(0)).isEqualTo(Duration.ofMinutes(1));
        assertThat(slow.after(9)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void doesNotOverflowAtTheLongestLimit() {
        Backoff longest = new Backoff(Duration.ofNanos(1), Duration.ofDays(1));
        assertThat(longest.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofDays(1));
    }
}
