package io.wgsd.tests.dns;

import static io.wgsd.tests.lab.LabNetwork.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zonemaster finds nothing wrong with a registry's zone. It has a root of its own here, and ordinary addresses. */
@Timeout(180)
class ZonemasterTest {

    private static final String ROOT = "198.41.0.4";
    private static final String FIRST = "45.79.1.1";
    private static final String SECOND = "91.198.2.2";

    @TempDir
    private static Path directory;

    private static LabNetwork network;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Program.require("zonemaster-cli", "zonemaster-cli");
        Program.require("named", "bind9");
        network = LabNetwork.up(directory);
        LabNetwork.configure(network.wireGuard(), "07".repeat(32), 1, 3);
        for (String address : List.of(ROOT, FIRST, SECOND)) {
            network.run("ip", "address", "add", address + "/32", "dev", "lo");
        }
        write("hints", ". 3600000 NS a.root-servers.net.\na.root-servers.net. 3600000 A " + ROOT + "\n");
        write("root", """
                $TTL 3600
                . SOA a.root-servers.net. nobody.root-servers.net. 1 1800 900 604800 86400
                . NS a.root-servers.net.
                a.root-servers.net. A %s
                example.com. NS ns1.example.com.
                example.com. NS ns2.example.com.
                ns1.example.com. A %s
                ns2.example.com. A %s
                1.1.79.45.in-addr.arpa. PTR ns1.example.com.
                2.2.198.91.in-addr.arpa. PTR ns2.example.com.
                """.formatted(ROOT, FIRST, SECOND));
        network.background(List.of("named", "-g", "-c", write("named.conf", """
                options {
                    directory "%s"; listen-on { %s; }; listen-on-v6 { none; };
                    pid-file none; session-keyfile none; dnssec-validation no; recursion no;
                };
                controls { };
                zone "." { type primary; file "root"; };
                """.formatted(directory, ROOT))));
        network.await(ROOT, ".", "SOA", answer -> answer.startsWith("a.root-servers"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void nothingIsWrongWithAZone() throws Exception {
        try (Background registry = registry()) {
            assertThat(zonemaster()).noneMatch(ZonemasterTest::isFault);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "p256"})
    void nothingIsWrongWithASignedOne(String algorithm) throws Exception {
        Path keys = directory.resolve(algorithm);
        String ds = newKey(keys, algorithm);
        String another = newKey(directory.resolve(algorithm + "-another"), algorithm);
        try (Background registry = registry("--sign=" + keys)) {
            assertThat(zonemaster("--ds", ds)).noneMatch(ZonemasterTest::isFault);
            // What it does not say means something only if it would say it.
            assertThat(zonemaster("--ds", another)).anyMatch(ZonemasterTest::isFault);
        }
    }

    private static Background registry(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "registry",
                "--zone=" + ZONE,
                "--device=wg0",
                "--listen=" + FIRST + ":53",
                "--listen=" + SECOND + ":53",
                "--ns=ns1." + ZONE + "=" + FIRST,
                "--ns=ns2." + ZONE + "=" + SECOND));
        command.addAll(List.of(more));
        Background registry = network.wgsd(command.toArray(String[]::new));
        registry.awaitLine("ready");
        return registry;
    }

    /** Returns what it says from NOTICE on, each line with its level and its module. */
    private static List<String> zonemaster(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("zonemaster-cli", "--hints", directory.resolve("hints") + ""));
        command.addAll(List.of("--no-ipv6", "--raw", "--show_level", "--show_module", "--level=NOTICE"));
        command.addAll(List.of("--ns", "ns1." + ZONE + "/" + FIRST, "--ns", "ns2." + ZONE + "/" + SECOND));
        command.addAll(List.of(more));
        command.add(ZONE);
        List<String> lines = network.run(command.toArray(String[]::new))
                .output()
                .lines()
                .map(line -> line.strip().replaceAll("\\s+", " ").replaceFirst("^[0-9.]+ ", ""))
                .toList();
        // By this it is known to have come to its end: that a zone takes no mail is the last that it looks at.
        assertThat(lines).anyMatch(line -> line.startsWith("NOTICE ZONE Z09_MISSING_MAIL_TARGET"));
        return lines;
    }

    private static boolean isFault(String line) {
        return line.matches("(WARNING|ERROR|CRITICAL) .*");
    }

    /** Returns the DS record's data as Zonemaster takes it. */
    private static String newKey(Path folder, String algorithm) throws IOException, InterruptedException {
        Program.Result made = Program.run(
                Duration.ofMinutes(1),
                new ProcessBuilder(
                        Wgsd.command("key", "new", "--zone=" + ZONE, "--dir=" + folder, "--algorithm=" + algorithm)));
        String[] data = made.output().strip().replaceAll("(?s).*\\sDS\\s+", "").split("\\s+", 4);
        return String.join(",", data[0], data[1], data[2], data[3].replaceAll("\\s", ""));
    }

    private static String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
