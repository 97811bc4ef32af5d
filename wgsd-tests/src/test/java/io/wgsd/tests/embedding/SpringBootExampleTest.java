package io.wgsd.tests.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.backend.netlink.NetlinkPeerSourceProvider;
import io.wgsd.backend.uapi.UapiPeerSourceProvider;
import io.wgsd.micrometer.RegistryMeters;
import io.wgsd.relay.Relay;
import io.wgsd.server.Registry;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Spring Boot application in {@code examples/spring-boot}, built outside of this repository, as registry and as
 * agent on real WireGuard.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class SpringBootExampleTest {

    private static final String ACTUATOR = "http://127.0.0.1:9586/actuator/";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path outside;

    private RealLab lab;
    private EmbeddingProject project;
    private Background registry;

    @BeforeAll
    void up() throws IOException, InterruptedException {
        Program.require("curl", "curl");
        PackagedModules modules = PackagedModules.require(
                PeerSource.class,
                Registry.class,
                Relay.class,
                RegistryMeters.class,
                NetlinkPeerSourceProvider.class,
                UapiPeerSourceProvider.class);
        lab = RealLab.up();
        project = EmbeddingProject.build(Path.of("../examples/spring-boot"), modules, outside);
        registry = start("registry", "--network.registry.listen=" + RealLab.DNS);
    }

    @AfterAll
    void down() throws IOException, InterruptedException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void aRegistryShowsItsHealthAndItsMetersAndAnAgentFindsIt() throws Exception {
        assertThat(get("registry", "health")).matches(health -> isUp(health, "registry"), "the registry is up");
        assertThat(get("registry", "health/readiness")).contains("\"status\":\"UP\"");
        assertThat(get("registry", "prometheus")).contains("wgsd_registry_zone_peers{zone=\"wg.example.com\"} 2.0");

        Background agent = start(
                "alice", "--network.agent.registries=" + RealLab.DNS, "--network.agent.state=" + outside.resolve("a"));
        assertThat(Await.becomesTrue(
                        PATIENCE,
                        () -> isUp(get("alice", "health"), "agent")
                                && get("alice", "prometheus").contains("wgsd_agent_working{device=\"wg0\"} 1.0")))
                .as(agent.output())
                .isTrue();
        assertThat(endsCleanly(agent)).as(agent.output()).isTrue();
    }

    @Test
    void whatTheLibraryLogsHasTheNameOfAPublicType() throws IOException, InterruptedException {
        lab.exec("alice", "dig", "@10.0.0.254", "www.example.org", "A");

        registry.awaitLine("io.wgsd.server.Registry");
        assertThat(registry.output().lines())
                .anyMatch(line -> line.contains("WARN")
                        && line.contains(" io.wgsd.server.Registry ")
                        && line.contains(": refused 10.0.0.1, which asked for A of www.example.org"));
    }

    private static boolean isUp(String health, String component) {
        return health.matches("(?s).*\"" + component + "\":\\{\"details\":\\{[^}]*},\"status\":\"UP\".*");
    }

    private static boolean endsCleanly(Background application) throws InterruptedException {
        // What Java says when a signal has ended it in good order.
        return application.terminate() == 143;
    }

    private Background start(String node, String... properties) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                project.target("network.jar").toString(),
                "--server.port=0"));
        command.addAll(List.of(properties));
        Background started = lab.background(node, command.toArray(String[]::new));
        started.awaitLine("Started NetworkApplication");
        return started;
    }

    private String get(String node, String page) throws IOException, InterruptedException {
        return lab.exec(node, "curl", "--silent", ACTUATOR + page).output();
    }
}
