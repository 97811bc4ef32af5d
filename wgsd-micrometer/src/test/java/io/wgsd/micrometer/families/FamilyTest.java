package io.wgsd.micrometer.families;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FamilyTest {

    static Stream<Family<?>> families() {
        return Stream.<List<? extends Family<?>>>of(
                        RegistryFamilies.ALL,
                        PublisherFamilies.ALL,
                        RelayFamilies.ALL,
                        AgentFamilies.ALL,
                        MembersFamilies.ALL,
                        BuildFamilies.ALL,
                        RegistryFamilies.PEER,
                        AgentFamilies.PEER)
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("families")
    void micrometerShowsPrometheusTheNameThatTheCommandShows(Family<?> family) {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        String unit = family.unit().isEmpty() ? null : family.unit();
        if (family.kind() == Family.Kind.COUNTER) {
            FunctionCounter.builder(family.name(), 1, each -> each)
                    .baseUnit(unit)
                    .register(prometheus);
        } else {
            Gauge.builder(family.name(), () -> 1).baseUnit(unit).register(prometheus);
        }

        assertThat(prometheus.scrape()).containsPattern("\n" + family.sampleName() + " 1(\\.0)?\n");
    }

    @Test
    void noTwoFamiliesHaveTheSameName() {
        assertThat(families().map(Family::sampleName)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("families")
    void eachSaysWhatItIsAndHasAtLeastOneSeries(Family<?> family) {
        assertThat(family.sampleName()).matches("wgsd_[a-z_]+");
        assertThat(family.help()).endsWith(".");
        assertThat(family.series()).isNotEmpty();
        assertThat(family.series())
                .extracting(Family.Series::labels)
                .as("the same label names in each series")
                .allMatch(labels ->
                        labels.keySet().equals(family.series().get(0).labels().keySet()))
                .doesNotHaveDuplicates();
    }
}
