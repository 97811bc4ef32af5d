package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.micrometer.families.AgentFamilies;
import io.wgsd.micrometer.families.Family;
import io.wgsd.micrometer.families.MembersFamilies;
import io.wgsd.micrometer.families.PublisherFamilies;
import io.wgsd.micrometer.families.RegistryFamilies;
import io.wgsd.micrometer.families.RelayFamilies;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of metrics lists those that there are, and no others. */
class MetricsPageTest {

    private static final List<Family<?>> FAMILIES = Stream.<List<? extends Family<?>>>of(
                    RegistryFamilies.ALL,
                    PublisherFamilies.ALL,
                    RelayFamilies.ALL,
                    AgentFamilies.ALL,
                    MembersFamilies.ALL)
            .<Family<?>>flatMap(List::stream)
            .toList();

    @Test
    void eachMetricHasALineWithItsLabels() throws IOException {
        List<String> rows = rows();

        assertThat(rows)
                .extracting(row -> row.replaceFirst("\\| `(\\w+)`.*", "$1"))
                .containsExactlyElementsOf(
                        FAMILIES.stream().map(Family::sampleName).toList());
        for (int i = 0; i < rows.size(); i++) {
            String row = rows.get(i);
            assertThat(FAMILIES.get(i).series()).allSatisfy(series -> {
                for (Map.Entry<String, String> label : series.labels().entrySet()) {
                    assertThat(row).contains("| `" + label.getKey() + "` |", "`" + label.getValue() + "`");
                }
            });
        }
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Page.PROJECT.resolve("docs/metrics.md")).stream()
                .filter(line -> line.startsWith("| `wgsd_"))
                .toList();
    }
}
