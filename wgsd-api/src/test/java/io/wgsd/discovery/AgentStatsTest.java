package io.wgsd.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an agent counts can be made in an embedder's test. */
class AgentStatsTest {

    @Test
    void valuesThatAreNotSetAreZero() {
        AgentStats none = AgentStats.builder().build();
        assertThat(none.readings()).isZero();
        assertThat(none.peers()).isEmpty();
    }

    @Test
    void noCountIsNegative() {
        assertThatThrownBy(() -> AgentStats.builder().readings(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("readings must be 0 or more, was -1");
        assertThatThrownBy(() -> AgentStats.builder().peers(PeerState.DIRECT, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachNumberIsItsOwn() {
        AgentStats stats = AgentStats.builder()
                .readings(1)
                .failedReadings(2)
                .writes(3)
                .failedWrites(4)
                .endpointsSet(5)
                .restarts(6)
                .datagrams(7)
                .keepalivesLent(8)
                .peers(PeerState.DIRECT, 9)
                .build();
        assertThat(stats)
                .hasToString("AgentStats[readings=1, failedReadings=2, writes=3, failedWrites=4, endpointsSet=5,"
                        + " restarts=6, datagrams=7, keepalivesLent=8, peers={direct=9}]");
        assertThat(stats.peers()).isEqualTo(Map.of(PeerState.DIRECT, 9));
        assertThat(stats.keepalivesLent()).isEqualTo(8);
    }
}
