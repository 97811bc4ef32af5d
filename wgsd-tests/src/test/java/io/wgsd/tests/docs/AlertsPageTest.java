package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.micrometer.families.AgentFamilies;
import io.wgsd.micrometer.families.Family;
import io.wgsd.micrometer.families.MembersFamilies;
import io.wgsd.micrometer.families.PublisherFamilies;
import io.wgsd.micrometer.families.RegistryFamilies;
import io.wgsd.micrometer.families.RelayFamilies;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts, the page that explains them, and the dashboard, checked by Prometheus' own tool. */
class AlertsPageTest {

    static final List<String> PAGES = List.of("docs/alerts.md");

    private static final Path MONITORING = Page.PROJECT.resolve("monitoring");
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern METRIC = Pattern.compile("\\bwgsd_[a-z_]+");

    @TempDir
    private Path directory;

    @Test
    void prometheusTakesTheRulesAsThePageSays() throws Exception {
        List<Block> blocks = Page.blocks("docs/alerts.md");
        assertThat(blocks).hasSize(1);
        String config = blocks.get(0).text().replace("/etc/prometheus/wgsd-alerts.yml", MONITORING + "/alerts.yml");
        Path file = Files.writeString(directory.resolve("prometheus.yml"), config);

        assertThat(promtool("check", "config", file.toString())).contains("21 rules found");
    }

    @Test
    void eachAlertIsRaisedByWhatItIsForAndByNothingElse() throws Exception {
        promtool("test", "rules", MONITORING.resolve("alerts-test.yml").toString());

        assertThat(find("alertname: (\\w+)", read("alerts-test.yml")).distinct())
                .as("alerts that are tested")
                .containsExactlyInAnyOrderElementsOf(alerts());
    }

    @Test
    void eachAlertIsExplained() throws Exception {
        assertThat(find("(?m)^## (\\w+)$", Files.readString(Page.PROJECT.resolve("docs/alerts.md"))))
                .containsExactlyElementsOf(alerts());
        assertThat(find("runbook: docs/alerts.md#(\\w+)", read("alerts.yml")))
                .containsExactlyElementsOf(
                        alerts().stream().map(String::toLowerCase).toList());
    }

    @Test
    void alertsAndDashboardNameMetricsThatThereAre() throws Exception {
        List<String> known = Stream.<List<? extends Family<?>>>of(
                        RegistryFamilies.ALL,
                        PublisherFamilies.ALL,
                        RelayFamilies.ALL,
                        AgentFamilies.ALL,
                        MembersFamilies.ALL)
                .flatMap(List::stream)
                .map(Family::sampleName)
                .toList();
        for (String file : List.of("alerts.yml", "dashboard.json")) {
            assertThat(METRIC.matcher(read(file)).results().map(MatchResult::group))
                    .as(file)
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
    }

    @Test
    void theDashboardIsJsonAndPrometheusUnderstandsWhatItAsks() throws Exception {
        Path dashboard = MONITORING.resolve("dashboard.json");
        run(Program.require("python3", "python3"), "-m", "json.tool", dashboard.toString());
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        List<String> questions =
                find("\"expr\": \"(.*)\"", read("dashboard.json")).toList();
        for (int i = 0; i < questions.size(); i++) {
            rules.append("      - record: panel:")
                    .append(i)
                    .append("\n        expr: ")
                    .append(questions.get(i).replace("$__rate_interval", "5m"))
                    .append('\n');
        }

        assertThat(questions).hasSizeGreaterThan(10);
        promtool(
                "check",
                "rules",
                Files.writeString(directory.resolve("rules.yml"), rules).toString());
    }

    private static List<String> alerts() throws IOException {
        return find("- alert: (\\w+)", read("alerts.yml")).toList();
    }

    private static Stream<String> find(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(result -> result.group(1));
    }

    private static String read(String file) throws IOException {
        return Files.readString(MONITORING.resolve(file));
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of(Program.require("promtool", "prometheus")), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Program.Result result = Program.run(LIMIT, new ProcessBuilder(command));
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }
}
