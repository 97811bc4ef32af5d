package io.wgsd.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.memory.MemoryLookup;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class AgentMetersTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theyShowAnAgentThatRuns() throws IOException {
        MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
        wireGuard.create("wg0");
        try (PeerSource source = wireGuard.source();
                DiscoveryAgent agent = DiscoveryAgent.builder(source, "wg0", new MemoryLookup())
                        .start();
                AgentMeters bound = new AgentMeters(agent, Tags.of("device", "wg0"))) {
            bound.bindTo(meters);

            assertThat(gauge("wgsd.agent.restart.needed")).isZero();
            assertThat(meters.get("wgsd.agent.peers").tags("device", "wg0").gauges())
                    .isNotEmpty()
                    .allMatch(gauge -> gauge.value() == 0);
            assertThat(meters.get("wgsd.agent.writes").functionCounters()).allMatch(counter -> counter.count() == 0);
        }
        assertThat(meters.getMeters()).isEmpty();
    }

    private double gauge(String name) {
        return meters.get(name).tag("device", "wg0").gauge().value();
    }
}
