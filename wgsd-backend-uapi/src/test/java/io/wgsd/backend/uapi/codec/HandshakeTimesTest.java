package io.wgsd.backend.uapi.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HandshakeTimesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.250Z");

    @Test
    void zerosAreNever() {
        assertThat(HandshakeTimes.at(0, 0, NOW, null)).isNull();
    }

    @Test
    void aTimeIsKeptToTheNanosecond() {
        assertThat(HandshakeTimes.at(1_700_000_000, 7, NOW, null)).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 7));
    }

    @Test
    void anAgeOfLessThanASecondIsNotNever() {
        assertThat(HandshakeTimes.at(0, 100_000_000, NOW, null)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void whatLiesBefore2001IsAnAge() {
        assertThat(HandshakeTimes.at(90, 0, NOW, null)).isEqualTo(Instant.parse("2025-12-31T23:58:30Z"));
    }

    @Test
    void aClockThatWasNeverSetSendsTimes() {
        assertThat(HandshakeTimes.at(90, 0, Instant.ofEpochSecond(100), null)).isEqualTo(Instant.ofEpochSecond(90));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 90, 0",
        "1, 90, 0",
        "1, 91, 0",
        "10, 100, 250000000",
        "60, 149, 999999999",
    })
    void anAgeThatGrowsWithTheClockIsTheSameHandshake(long secondsLater, long age, long nanos) {
        Instant first = HandshakeTimes.at(90, 0, NOW, null);

        assertThat(HandshakeTimes.at(age, nanos, NOW.plusSeconds(secondsLater), first))
                .isEqualTo(first);
    }

    @Test
    void anAgeThatFellIsANewHandshake() {
        Instant first = HandshakeTimes.at(130, 0, NOW, null);

        assertThat(HandshakeTimes.at(3, 0, NOW.plusSeconds(5), first)).isEqualTo(Instant.parse("2026-01-01T00:00:02Z"));
    }
}
