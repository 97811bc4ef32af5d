package io.wgsd.tests.command;

import static io.wgsd.tests.lab.LabNetwork.ZONE;
import static io.wgsd.tests.lab.LabNetwork.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.lab.Outside;
import io.wgsd.tests.process.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry that reads its configuration again on SIGHUP. */
@Timeout(120)
class ReloadTest {

    private static final String REGISTRY = "198.51.100.1";
    private static final String FIRST = """
            [[registry]]
            zone = "example.com"
            device = "wg0"
            listen = ["198.51.100.1:53", "127.0.0.1:53"]
            """;
    private static final String SECOND = """
            [[registry]]
            zone = "example.org"
            device = "wg0"
            listen = ["127.0.0.1:5353"]
            """;

    @TempDir
    private Path directory;

    private LabNetwork network;
    private Outside outside;
    private Path config;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        network = LabNetwork.up(directory);
        outside = network.outside(REGISTRY, "198.51.100.7");
        LabNetwork.configure(network.wireGuard(), "07".repeat(32), 1, 3);
        config = directory.resolve("wgsd.toml");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void accessCanBeChanged() throws Exception {
        Background registry = registry(FIRST);
        assertThat(askFromOutside()).contains("REFUSED");

        reload(registry, FIRST + "allow = [\"198.51.100.0/24\"]\n", "reloaded: zone example.com");

        assertThat(askFromOutside()).contains("NOERROR");
    }

    @Test
    void registriesComeAndGo() throws Exception {
        Background registry = registry(FIRST);

        reload(registry, FIRST + SECOND, "ready: zone example.org");
        assertThat(digSecond()).contains("NOERROR");
        reload(registry, FIRST, "reloaded: zone example.com");

        // The line above is there once for each reload, and this may see that of the first.
        long deadline = System.nanoTime() + LabNetwork.LIMIT.toNanos();
        String answer = digSecond();
        while (!answer.contains("connection refused") && System.nanoTime() < deadline) {
            answer = digSecond();
        }
        assertThat(answer).contains("connection refused");
        assertThat(network.dig(REGISTRY, ZONE, "SOA")).startsWith("ns1.");
    }

    @Test
    void aMistakeChangesNothing() throws Exception {
        Background registry = registry(FIRST);

        reload(
                registry,
                FIRST + "alow = \"any\"\n",
                "not reloaded, and continues as before: " + config + ":5: alow: there is");

        assertThat(network.dig(REGISTRY, ZONE, "SOA")).startsWith("ns1.");
    }

    @Test
    void aZoneThatCannotBePublishedChangesNothingEither() throws Exception {
        Background registry = registry(FIRST);
        LabNetwork.configure(network.wireGuard(), "00".repeat(32), 1, 3);
        Path secret = Files.writeString(directory.resolve("secret"), "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        String publishing = "update-to = \"127.0.0.1:5300\"\ntsig = \"registry:hmac-sha256:" + secret + "\"\n";

        reload(
                registry,
                FIRST + "allow = [\"198.51.100.0/24\"]\n" + publishing,
                "zone example.com of device wg0 is not reloaded: device \"wg0\" has no private key");

        LabNetwork.move(network.wireGuard(), 1, 2000);
        network.await(REGISTRY, instance(1), "SRV", answer -> answer.contains(" 2000 "));
        assertThat(askFromOutside()).contains("REFUSED");
    }

    @Test
    void aNewKeySignsFromThereOn() throws Exception {
        Path keys = directory.resolve("keys");
        key("new", keys);
        Background registry = registry(FIRST + "sign = \"" + keys + "\"\n");
        assertThat(network.dig("127.0.0.1", ZONE, "DNSKEY").lines()).hasSize(1);
        key("roll", keys);

        registry.signal("HUP");

        network.await("127.0.0.1", ZONE, "DNSKEY", answer -> answer.lines().count() == 2);
    }

    @Test
    void noQuestionIsLost() throws Exception {
        Background registry = registry(FIRST);
        int questions = 3000;
        Path file = Files.write(directory.resolve("questions"), Collections.nCopies(questions, instance(2) + " SRV"));
        Background asking = network.background(
                List.of("dig", "@127.0.0.1", "+noall", "+comments", "+tries=1", "+time=2", "-f", file.toString()));

        for (int i = 1; i <= 5; i++) {
            String identity = "identity = \"ns" + i + "\"\n";
            Files.writeString(config, FIRST + identity);
            registry.signal("HUP");
            registry.awaitLines("reloaded: zone example.com of device wg0", i);
        }

        assertThat(asking.awaitEnd()).isZero();
        assertThat(asking.output().split("status: NOERROR", -1)).hasSize(questions + 1);
    }

    private Background registry(String text) throws IOException, InterruptedException {
        Files.writeString(config, text);
        Background registry = network.wgsd("registry", "--config=" + config);
        registry.awaitLine("ready");
        return registry;
    }

    private void reload(Background registry, String text, String words) throws IOException, InterruptedException {
        Files.writeString(config, text);
        registry.signal("HUP");
        registry.awaitLine(words);
    }

    private void key(String verb, Path keys) throws IOException, InterruptedException {
        assertThat(network.wgsd("key", verb, "--zone=" + ZONE, "--dir=" + keys).awaitEnd())
                .isZero();
    }

    private String askFromOutside() throws IOException, InterruptedException {
        return outside.run("dig", "@" + REGISTRY, instance(1), "SRV");
    }

    private String digSecond() throws IOException, InterruptedException {
        return network.run("dig", "+tries=1", "+time=2", "-p", "5353", "@127.0.0.1", "example.org", "SOA")
                .output();
    }
}
