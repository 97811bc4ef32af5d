package io.wgsd.tests.signing;

import static io.wgsd.tests.lab.LabNetwork.ZONE;
import static io.wgsd.tests.lab.LabNetwork.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.lab.Unbound;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A signed zone, validated by delv and Unbound with the registry's own key, and by checkers of whole zones. */
@Timeout(180)
class SigningTest {

    private static final String LIST = "_wireguard._udp." + ZONE;
    private static final String HOST = instance(1).replaceAll("=.*", "." + ZONE);
    private static final String ALIAS = instance(1).replace("=", "");

    @TempDir
    private Path directory;

    private LabNetwork network;
    private Path keys;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        network = LabNetwork.up(directory);
        keys = directory.resolve("keys");
        LabNetwork.configure(network.wireGuard(), "07".repeat(32), 1, 3);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (network != null) {
            network.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "p256"})
    void delvAndTheCheckersAreContent(String algorithm) throws Exception {
        key("new", "--algorithm=" + algorithm);
        registry();

        assertValidates("fully validated", ZONE + " SOA", ZONE + " DNSKEY", LIST + " PTR", instance(1) + " SRV");
        assertValidates("fully validated", instance(2) + " TXT", HOST + " A", ALIAS + " SRV");
        assertValidates(
                "negative response, fully validated",
                instance(1) + " AAAA",
                "_udp." + ZONE + " A",
                "nobody." + ZONE + " A",
                "a.b.c." + ZONE + " MX",
                "0." + LIST + " SRV",
                "zzz." + LIST + " SRV");
        assertWholeZoneVerifies();
    }

    @Test
    void namesOfPeersValidate() throws Exception {
        key("new");
        registry("--names=" + LabNetwork.writeNames(directory.resolve("names"), 1, 2));

        assertValidates("fully validated", "peer-1." + ZONE + " A", "_wireguard._udp.peer-2." + ZONE + " SRV");
        assertValidates("negative response, fully validated", "peer-1." + ZONE + " AAAA", "peer-3." + ZONE + " A");
        assertWholeZoneVerifies();
    }

    @Test
    void aClientBelievesTheKeyThatItDemandsAndNoOther() throws Exception {
        key("new");
        registry();
        String right = write("right", key("ds"));
        String wrong = write("wrong", key("ds").replaceAll("[0-9A-F]{8}\\s*$", "00000000"));

        assertThat(browse(right).lines()).hasSize(3);
        assertThat(browse(wrong))
                .startsWith("wgsd: registry 127.0.0.1:53 sent an answer for " + LIST
                        + ". PTR that is not signed as demanded: ");
    }

    @Test
    void aKeyMadeByBindsToolsWorks() throws Exception {
        Files.createDirectories(keys);
        run("dnssec-keygen", "-q", "-K", keys.toString(), "-a", "ED25519", "-f", "KSK", ZONE);
        registry();

        assertValidates("fully validated", LIST + " PTR");
        assertWholeZoneVerifies();
    }

    @ParameterizedTest
    @CsvSource({"ed25519, ed25519", "p256, ed25519"})
    void aZoneIsSignedAllTheTimeWhileItsKeyIsRolled(String old, String next) throws Exception {
        key("new", "--algorithm=" + old);
        String before = anchor();
        Background first = registry();
        assertThat(key("roll", "--algorithm=" + next)).contains("IN\tDS");
        assertThat(first.terminate()).isZero();

        Background both = registry();
        assertThat(delv(before, LIST + " PTR")).contains("; fully validated");
        assertThat(delv(anchor(), LIST + " PTR")).contains("; fully validated");
        assertThat(network.dig("127.0.0.1", ZONE, "CDS").replace(" ", ""))
                .isEqualToIgnoringWhitespace(key("ds").replaceAll("(?s).*IN\\s+DS", ""));
        assertWholeZoneVerifies();
        key("retire", before.replaceAll("(?s).*tag (\\d+).*", "$1"));
        assertThat(both.terminate()).isZero();

        registry();
        assertValidates("fully validated", LIST + " PTR");
        assertWholeZoneVerifies();
    }

    @Test
    void unboundValidatesWhatBindCarries() throws Exception {
        network.addAddress("127.0.0.2");
        network.addAddress("127.0.0.3");
        key("new");
        registry("--notify=127.0.0.2:53");
        network.background(List.of("named", "-g", "-c", write("named.conf", """
                options {
                    directory "%s"; listen-on { 127.0.0.2; }; listen-on-v6 { none; }; recursion no; dnssec-validation no;
                    pid-file none; session-keyfile none; check-names secondary ignore; notify no;
                };
                controls { };
                zone "example.com" { type secondary; primaries { 127.0.0.1; }; file "zone"; };
                """.formatted(directory))));
        network.await("127.0.0.2", ZONE, "SOA", answer -> answer.startsWith("ns1."));
        Unbound.start(network, directory, "127.0.0.3", "127.0.0.2", "trust-anchor: \"" + dnskey() + "\"");

        network.await("127.0.0.3", LIST, "PTR", answer -> answer.lines().count() == 3);
        for (String question : List.of(LIST + " PTR", instance(1) + " SRV", ALIAS + " TXT", HOST + " A")) {
            assertThat(dig("127.0.0.3", question)).contains("status: NOERROR").contains(" ad;");
        }
        assertThat(dig("127.0.0.3", "nobody." + ZONE + " A"))
                .contains("status: NXDOMAIN")
                .contains(" ad;");
        assertThat(dig("127.0.0.3", "_udp." + ZONE + " A"))
                .contains("status: NOERROR")
                .contains(" ad;");
    }

    private Background registry(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("registry", "--zone=" + ZONE, "--device=wg0"));
        command.addAll(List.of("--listen=127.0.0.1:53", "--sign=" + keys));
        command.addAll(List.of(more));
        Background registry = network.wgsd(command.toArray(String[]::new));
        registry.awaitLine("ready");
        return registry;
    }

    /** Runs {@code wgsd key}, and returns what it prints. */
    private String key(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("key", arguments[0], "--zone=" + ZONE, "--dir=" + keys));
        all.addAll(List.of(arguments).subList(1, arguments.length));
        Background run = network.wgsd(all.toArray(String[]::new));
        assertThat(run.awaitEnd()).as(run.output()).isZero();
        return run.output();
    }

    private String browse(String signer) throws IOException, InterruptedException {
        Background browse = network.wgsd("browse", "--dns=127.0.0.1:53", "--zone=" + ZONE, "--signer=" + signer);
        browse.awaitEnd();
        return browse.output();
    }

    private void assertValidates(String verdict, String... questions) throws IOException, InterruptedException {
        for (String question : questions) {
            assertThat(delv(anchor(), question)).as(question).contains("; " + verdict);
        }
    }

    private String delv(String anchor, String question) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("anchor"), anchor);
        String[] words = question.split(" ");
        return run("delv", "-a", file.toString(), "+root=" + ZONE, "@127.0.0.1", words[0], words[1]);
    }

    private void assertWholeZoneVerifies() throws IOException, InterruptedException {
        Path zone = directory.resolve("transferred");
        Files.write(zone, network.transfer("127.0.0.1"));

        assertThat(run("ldns-verify-zone", zone.toString())).contains("Zone is verified and complete");
        // With -z a key that signs keys and all else is taken for what it is.
        assertThat(run("dnssec-verify", "-z", "-o", ZONE, zone.toString())).contains("Zone fully signed");
    }

    private String dig(String server, String question) throws IOException, InterruptedException {
        String[] words = question.split(" ");
        return run("dig", "+dnssec", "@" + server, words[0], words[1]);
    }

    /** Returns a trust anchor of the newest key in the words of delv, and its tag. */
    private String anchor() throws IOException {
        String[] data = dnskey().replaceAll(".*DNSKEY\\s+", "").split("\\s+", 4);
        return "trust-anchors { " + ZONE + ". static-key " + data[0] + " " + data[1] + " " + data[2] + " \""
                + data[3].replace(" ", "") + "\"; };\n// tag " + newestTag() + "\n";
    }

    private String dnskey() throws IOException {
        return Files.readString(newest())
                .lines()
                .filter(line -> line.contains("DNSKEY"))
                .collect(Collectors.joining());
    }

    private String newestTag() throws IOException {
        return Integer.toString(
                Integer.parseInt(newest().getFileName().toString().replaceAll(".*[+](\\d+)[.]key", "$1")));
    }

    private Path newest() throws IOException {
        Path newest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(keys, "*.key")) {
            for (Path file : files) {
                if (newest == null
                        || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(newest)) > 0) {
                    newest = file;
                }
            }
        }
        assertThat(newest).isNotNull();
        return newest;
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String run(String... command) throws IOException, InterruptedException {
        Program.require(command[0], "bind9-utils, bind9-dnsutils and ldnsutils");
        return network.run(command).output();
    }
}
