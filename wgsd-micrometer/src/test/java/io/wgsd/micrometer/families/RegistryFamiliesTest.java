package io.wgsd.micrometer.families;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.server.RegistryHealth;
import io.wgsd.server.RegistryStats;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryFamiliesTest {

    private static final RegistryReading READING = new RegistryReading(
            RegistryStats.builder()
                    .queries(9)
                    .answered(4)
                    .refused(3)
                    .polls(10)
                    .failedPolls(2)
                    .snapshotAge(Duration.ofMillis(1500))
                    .build(),
            RegistryHealth.builder().expired(true).build(),
            Optional.empty());

    @Test
    void eachNumberIsTheOneThatItIsNamedAfter() {
        assertThat(value("wgsd_registry_queries_total", Map.of())).isEqualTo(9);
        assertThat(value("wgsd_registry_responses_total", Map.of("outcome", "answered")))
                .isEqualTo(4);
        assertThat(value("wgsd_registry_responses_total", Map.of("outcome", "refused")))
                .isEqualTo(3);
        assertThat(value("wgsd_registry_readings_total", Map.of("result", "success")))
                .isEqualTo(8);
        assertThat(value("wgsd_registry_reading_age_seconds", Map.of())).isEqualTo(1.5);
        assertThat(value("wgsd_registry_expired", Map.of())).isEqualTo(1);
        assertThat(value("wgsd_registry_serving_fresh", Map.of())).isZero();
    }

    @Test
    void whatIsNotKnownYetIsNoNumber() {
        assertThat(value("wgsd_registry_zone_serial", Map.of())).isNaN();
    }

    private static double value(String name, Map<String, String> labels) {
        return RegistryFamilies.ALL.stream()
                .filter(family -> family.sampleName().equals(name))
                .flatMap(family -> family.series().stream())
                .filter(series -> series.labels().equals(labels))
                .findFirst()
                .orElseThrow()
                .value()
                .applyAsDouble(READING);
    }
}
