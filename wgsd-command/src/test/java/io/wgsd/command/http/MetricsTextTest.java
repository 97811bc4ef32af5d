package io.wgsd.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.http.MetricsText.Subject;
import io.wgsd.micrometer.families.Family;
import io.wgsd.micrometer.families.Family.Kind;
import io.wgsd.micrometer.families.Family.Series;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTextTest {

    private static final List<Family<Double>> FAMILIES = List.of(
            new Family<>(
                    "wgsd.test.sent",
                    Kind.COUNTER,
                    "bytes",
                    "What \"was\" sent,\nand \\ more.",
                    List.of(
                            new Series<>(Map.of("way", "out"), value -> value),
                            new Series<>(Map.of("way", "in"), value -> value * 2))),
            new Family<>(
                    "wgsd.test.age",
                    Kind.GAUGE,
                    "seconds",
                    "An age.",
                    List.of(new Series<>(Map.of(), value -> value > 1 ? value / 4 : Double.NaN))));

    private static final List<Subject<Double>> SUBJECTS = List.of(
            new Subject<>(Map.of("zone", "a\"\\\n"), 1.0), new Subject<>(Map.of("zone", "b"), 5_000_000_000_000.0));

    @Test
    void prometheusOwnFormatNamesEachFamilyAsItsSamples() {
        assertThat(text(false)).isEqualTo("""
                # HELP wgsd_test_sent_bytes_total What "was" sent,\\nand \\\\ more.
                # TYPE wgsd_test_sent_bytes_total counter
                wgsd_test_sent_bytes_total{way="out",zone="a\\"\\\\\\n"} 1
                wgsd_test_sent_bytes_total{way="in",zone="a\\"\\\\\\n"} 2
                wgsd_test_sent_bytes_total{way="out",zone="b"} 5000000000000
                wgsd_test_sent_bytes_total{way="in",zone="b"} 10000000000000
                # HELP wgsd_test_age_seconds An age.
                # TYPE wgsd_test_age_seconds gauge
                wgsd_test_age_seconds{zone="b"} 1250000000000
                """);
    }

    @Test
    void openMetricsNamesACounterWithoutTotalHasUnitsAndAnEnd() {
        assertThat(text(true)).startsWith("""
                # HELP wgsd_test_sent_bytes What "was" sent,\\nand \\\\ more.
                # TYPE wgsd_test_sent_bytes counter
                # UNIT wgsd_test_sent_bytes bytes
                wgsd_test_sent_bytes_total{way="out",zone="a\\"\\\\\\n"} 1
                """).endsWith("\n# EOF\n");
    }

    @Test
    void whatDoesNotExistHasNoFamily() {
        MetricsText text = new MetricsText(false);
        text.add(FAMILIES, List.of());
        assertThat(text.end()).isEmpty();
    }

    private static String text(boolean openMetrics) {
        MetricsText text = new MetricsText(openMetrics);
        text.add(FAMILIES, SUBJECTS);
        return text.end();
    }
}
