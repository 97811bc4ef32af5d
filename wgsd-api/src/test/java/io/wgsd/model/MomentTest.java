package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has passed is told by the monotonic clock. */
class MomentTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Moment BEGUN = new Moment(NOON, 1_000_000_000L);

    @ParameterizedTest
    @ValueSource(longs = {-1_795_953_591L, -600, 600, 1_795_953_591L})
    void elapsedTimeDoesNotDependOnTheWallClock(long jump) {
        Moment now = new Moment(NOON.plusSeconds(90 + jump), 91_000_000_000L);
        assertThat(Duration.between(BEGUN.wallAsOf(now), now.wall())).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aTimeThatIsReportedTwiceIsTheSameWhereTheClocksOnlyDrift() {
        Moment now = new Moment(NOON.plusSeconds(91), 91_000_000_000L);
        assertThat(BEGUN.wallAsOf(now)).isEqualTo(NOON);
    }
}
