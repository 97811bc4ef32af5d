package io.wgsd.testkit.net.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Random histories behind NATs of all kinds, with relays and without: NATs that forget or move, ports that change,
 * links that are cut, in one direction too, or lose, hosts that refuse datagrams within their limits or are silent, a
 * registry that is away or wrong, agents that are killed, clocks that are set, relays that restart, are away or slow.
 * Whatever happens, no live session is written, by the first law or, where nothing makes a living session look dead, by
 * what the simulation knows; and soon after all is well again data pass between the peers.
 *
 * <p>{@code -Dagent.hours=1000} tries for a thousand hours of virtual time, in some minutes of real time, and {@code
 * -Dagent.firstSeed=N} begins elsewhere.
 */
class AgentHistoryTest {

    @Test
    void noLiveSessionIsEverWrittenAndATunnelComesBack() {
        Duration wanted = Duration.ofHours(Long.getLong("agent.hours", 10));
        Duration passed = Duration.ZERO;
        int first = Integer.getInteger("agent.firstSeed", 1);
        int seed = first;
        long writes = 0;
        while (passed.compareTo(wanted) < 0) {
            AgentHistory history = new AgentHistory(seed++);
            history.run();
            passed = passed.plus(history.elapsed());
            writes += history.writes();
        }
        assertThat(writes)
                .as("writes in %d histories of %d hours", seed - first, passed.toHours())
                .isGreaterThan(seed - first);
    }
}
