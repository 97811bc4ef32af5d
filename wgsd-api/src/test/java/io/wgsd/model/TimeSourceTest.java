package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeSourceTest {

    @Test
    void theSystemsWallClockIsThatOfTheJdk() {
        Instant before = Instant.now();
        Instant wall = TimeSource.system().now().wall();
        assertThat(Duration.between(before, wall).abs()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void theSystemsMonotonicClockDoesNotGoBack() {
        Moment before = TimeSource.system().now();
        assertThat(before.hasCome(TimeSource.system().now())).isTrue();
        assertThat(TimeSource.system().nanos() - before.nanos()).isNotNegative();
    }

    @Test
    void oneSourceAlsoDrivesWhatNeedsTheWallClockOnly() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        TimeSource clock = () -> new Moment(noon, 7);
        assertThat(clock.instant()).isEqualTo(noon);
        assertThat(clock.millis()).isEqualTo(noon.toEpochMilli());
        assertThat(clock.nanos()).isEqualTo(7);
    }
}
