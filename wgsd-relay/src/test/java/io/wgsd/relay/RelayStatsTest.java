package io.wgsd.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import org.junit.jupiter.api.Test;

class RelayStatsTest {

    @Test
    void statisticsForATestOfWhatShowsThemAreMadeByABuilder() {
        RelayStats stats = RelayStats.builder()
                .members(3)
                .attached(2)
                .forwardedPackets(7)
                .forwardedBytes(7_000)
                .build();
        assertThat(stats.members()).isEqualTo(3);
        assertThat(stats.attached()).isEqualTo(2);
        assertThat(stats.forwardedPackets()).isEqualTo(7);
        assertThat(stats.forwardedBytes()).isEqualTo(7_000);
        assertThat(stats.refused()).isZero();
        assertThat(stats).hasToString("RelayStats[members=3, attached=2, routes=0, {FORWARDED=7}]");
    }

    @Test
    void aCountIsNeverLessThanNothing() {
        assertThatThrownBy(() -> RelayStats.builder().refused(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refused must be 0 or more, was -1");
    }

    @Test
    void whatARelayHasCountedIsInItsStatistics() {
        Tally tally = new Tally();
        tally.forwarded(100);
        tally.count(Outcome.OVER_LIMIT);
        RelayStats stats = RelayStats.builder().tally(tally).build();
        assertThat(stats.forwardedPackets()).isEqualTo(1);
        assertThat(stats.forwardedBytes()).isEqualTo(100);
        assertThat(stats.overLimit()).isEqualTo(1);
    }
}
