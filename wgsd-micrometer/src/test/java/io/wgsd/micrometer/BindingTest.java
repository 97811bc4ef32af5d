package io.wgsd.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.AgentStats;
import io.wgsd.discovery.PeerState;
import io.wgsd.micrometer.families.AgentFamilies;
import io.wgsd.micrometer.families.AgentReading;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BindingTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger readings = new AtomicInteger();
    private final Binding<AgentReading> binding = new Binding<>(this::read, nanos::get);

    /** Each reading has counted one writing more. */
    private AgentReading read() {
        AgentStats stats = AgentStats.builder()
                .writes(readings.incrementAndGet())
                .peers(PeerState.DIRECT, 2)
                .build();
        return new AgentReading(stats, AgentHealth.builder().build());
    }

    @Test
    void aSeriesIsAMeterWithItsLabelsAndTheTagsThatWereGiven() {
        binding.bind(AgentFamilies.ALL, Tags.of("device", "wg0"), meters);

        assertThat(meters.get("wgsd.agent.peers")
                        .tags("device", "wg0", "state", "direct")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(meters.get("wgsd.agent.writes")
                        .tags("device", "wg0", "result", "success")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aScrapeReadsOnceForAllMeters() {
        binding.bind(AgentFamilies.ALL, Tags.empty(), meters);
        int before = readings.get();
        nanos.addAndGet(1_000_000_000);

        scrape();
        assertThat(readings).hasValue(before + 1);

        nanos.addAndGet(1_000_000_000);
        scrape();
        assertThat(readings).hasValue(before + 2);
    }

    @Test
    void closingRemovesTheMetersAndNoOthers() {
        meters.counter("other");
        binding.bind(AgentFamilies.ALL, Tags.empty(), meters);

        binding.close();

        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactly("other");
    }

    private void scrape() {
        meters.forEachMeter(meter -> meter.measure()
                .forEach(each ->
                        assertThat(each.getValue()).as(meter.getId().getName()).isNotNegative()));
        assertThat(meters.getMeters()).hasSizeGreaterThan(10).allMatch(Meter.class::isInstance);
    }
}
