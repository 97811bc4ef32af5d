package io.wgsd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.server.answer.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RegistryStatsTest {

    @Test
    void statisticsForATestOfWhatShowsThemAreMadeByABuilder() {
        RegistryStats stats = RegistryStats.builder()
                .queries(3)
                .answered(2)
                .snapshotAge(Duration.ofSeconds(1))
                .build();
        assertThat(stats.queries()).isEqualTo(3);
        assertThat(stats.answered()).isEqualTo(2);
        assertThat(stats.snapshotAge()).contains(Duration.ofSeconds(1));
        assertThat(stats.refused()).isZero();
        assertThat(stats.lastError()).isEmpty();
    }

    @Test
    void aCountIsNeverLessThanNothing() {
        assertThatThrownBy(() -> RegistryStats.builder().queries(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("queries must be 0 or more, was -1");
    }

    @Test
    void anOutcomeIsCountedUnderEachNameThatItHas() {
        Tally tally = new Tally();
        tally.count(Outcome.TRUNCATED);
        tally.count(Outcome.PUT_OFF);
        tally.count(Outcome.LIMITED);
        tally.count(Outcome.FORGED);
        tally.count(Outcome.BAD_VERSION);

        RegistryStats stats = tally.stats().build();

        assertThat(stats.queries()).isEqualTo(5);
        assertThat(stats.answered()).isEqualTo(1);
        assertThat(stats.truncated()).isEqualTo(1);
        assertThat(stats.limited()).isEqualTo(2);
        assertThat(stats.dropped()).isEqualTo(2);
        assertThat(stats.forged()).isEqualTo(1);
        assertThat(stats.malformed()).isEqualTo(1);
    }
}
