package io.wgsd.tests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a registry and an agent show over HTTP, read by curl and checked by Prometheus' own tool. */
@Timeout(180)
class HttpTest {

    private static final String REGISTRY = "127.0.0.1:9586";
    private static final String AGENT = "127.0.0.1:9587";

    @TempDir
    private Path directory;

    private LabNetwork network;
    private String promtool;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        promtool = Program.require("promtool", "prometheus");
        Program.require("curl", "curl");
        network = LabNetwork.up(directory);
        LabNetwork.configure(network.wireGuard(), "07".repeat(32), 1, 3);
        Background registry = network.wgsd(
                "registry",
                "--zone=" + LabNetwork.ZONE,
                "--device=wg0",
                "--listen=127.0.0.1:53",
                "--http=" + REGISTRY,
                "--peer-metrics");
        registry.awaitLine("ready");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void aRegistryCountsAndPrometheusCanReadIt() throws Exception {
        network.dig("127.0.0.1", LabNetwork.instance(1), "SRV");
        network.dig("127.0.0.1", "nosuch." + LabNetwork.ZONE, "A");

        String metrics = read(REGISTRY, "/metrics");

        assertThat(metrics)
                .contains("wgsd_registry_responses_total{device=\"wg0\",outcome=\"answered\",zone=\"example.com\"} 1\n")
                .contains(
                        "wgsd_registry_responses_total{device=\"wg0\",outcome=\"name_error\",zone=\"example.com\"} 1\n")
                .contains("wgsd_registry_zone_peers{device=\"wg0\",zone=\"example.com\"} 3\n")
                .contains("wgsd_registry_peer_endpoint_timestamp_seconds{device=\"wg0\",public_key=\"");
        checkMetrics(metrics);
    }

    @Test
    void aRegistryWhoseDeviceDoesNotAnswerIsHealthyAndNotReady() throws Exception {
        assertThat(read(REGISTRY, "/ready")).isEqualTo("ok\n");

        network.wireGuard().pause();

        assertThat(await(REGISTRY, "/ready", text -> text.contains("stale since")))
                .startsWith("zone example.com of device wg0: what is served is stale since ");
        assertThat(read(REGISTRY, "/health")).isEqualTo("ok\n");
    }

    @Test
    void anAgentCountsAndIsReadyOnceARegistryAnswers() throws Exception {
        Background agent = network.wgsd(
                "agent",
                "--zone=" + LabNetwork.ZONE,
                "--device=wg0",
                "--dns=127.0.0.1:53",
                "--insecure-dns",
                "--status-dir=" + directory.resolve("status"),
                "--http=" + AGENT,
                "--peer-metrics");
        agent.awaitLine("ready");

        await(AGENT, "/ready", "ok\n"::equals);
        String metrics = read(AGENT, "/metrics");
        assertThat(metrics)
                .contains("wgsd_agent_registries{device=\"wg0\",state=\"up\"} 1\n")
                .contains("wgsd_agent_peer_connected{device=\"wg0\",public_key=\"");
        checkMetrics(metrics);
        assertThat(read(AGENT, "/health")).isEqualTo("ok\n");
    }

    @Test
    void aPageOfAnotherSiteReadsNothing() throws Exception {
        assertThat(network.run("curl", "-s", "-H", "Host: rebound.example.com", "http://" + REGISTRY + "/metrics")
                        .output())
                .doesNotContain("wgsd_");
    }

    private void checkMetrics(String metrics) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("metrics"), metrics);
        ProcessBuilder check = new ProcessBuilder("sh", "-c", promtool + " check metrics < " + file);
        assertThat(Program.run(LabNetwork.LIMIT, check)).isEqualTo(Program.Result.done(""));
    }

    private String read(String server, String page) throws IOException, InterruptedException {
        return network.run("curl", "-s", "http://" + server + page).output();
    }

    private String await(String server, String page, Predicate<String> text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LabNetwork.LIMIT.toNanos();
        String got = read(server, page);
        while (!text.test(got)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(page + " of " + server + " shows:\n" + got + "\n" + network.logs());
            }
            TimeUnit.MILLISECONDS.sleep(50);
            got = read(server, page);
        }
        return got;
    }
}
