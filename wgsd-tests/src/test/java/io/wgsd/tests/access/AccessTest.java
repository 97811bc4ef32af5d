package io.wgsd.tests.access;

import static io.wgsd.tests.lab.LabNetwork.ZONE;
import static io.wgsd.tests.lab.LabNetwork.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.lab.Outside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What dig gets from another network: peers whose key it knows, everything with a shared secret, and never a flood. */
@Timeout(120)
class AccessTest {

    private static final String REGISTRY = "198.51.100.1";
    private static final String LIST = "_wireguard._udp." + ZONE;
    private static final String SECRET = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String ASKER = "hmac-sha256:asker:" + SECRET;
    private static final String SECONDARY = "hmac-sha512:secondary:" + SECRET;

    @TempDir
    private static Path directory;

    private static LabNetwork network;
    private static Outside outside;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        network = LabNetwork.up(directory);
        outside = network.outside(REGISTRY, "198.51.100.7");
        LabNetwork.configure(network.wireGuard(), "07".repeat(32), 1, 3);
        Path secret = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        network.wgsd(
                        "registry",
                        "--zone=" + ZONE,
                        "--device=wg0",
                        "--listen=" + REGISTRY + ":53",
                        "--allow=198.51.100.0/24",
                        "--rate-limit=5",
                        "--identity=ns1",
                        "--allow-key=asker:hmac-sha256:" + secret,
                        "--allow-transfer-key=secondary:hmac-sha512:" + secret)
                .awaitLine("ready");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void anOutsiderMayAskForAKeyItKnows() throws Exception {
        assertThat(dig("+short", "+tcp", instance(2), "SRV")).startsWith("0 0 1026 ");
    }

    @Test
    void anOutsiderMayNotHaveTheList() throws Exception {
        assertThat(dig("+tcp", LIST, "PTR")).contains("status: REFUSED").contains("the list of peers is for peers");
    }

    @Test
    void aSharedSecretGetsTheList() throws Exception {
        assertThat(dig("+short", "-y", ASKER, LIST, "PTR").lines()).hasSize(3);
    }

    @Test
    void aSharedSecretForQuestionsGetsNoTransfer() throws Exception {
        assertThat(dig("-y", ASKER, ZONE, "AXFR")).contains("Transfer failed");
    }

    @Test
    void aSharedSecretForTransfersGetsTheZone() throws Exception {
        String whole = dig("-y", SECONDARY, ZONE, "AXFR");

        assertThat(whole).contains(instance(1), instance(2), instance(3)).contains("XFR size");
        assertThat(whole.lines().filter(line -> line.contains("TSIG")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("BAD"));
    }

    @Test
    void aWrongSecretIsReported() throws Exception {
        String wrong = "hmac-sha256:asker:" + SECRET.replace('M', 'N');

        assertThat(dig("-y", wrong, LIST, "PTR")).contains("status: NOTAUTH").contains("BADSIG");
    }

    @Test
    void theServersIdentityIsAnswered() throws Exception {
        assertThat(dig("+tcp", "+nsid", ZONE, "SOA")).contains("(\"ns1\")");
    }

    @Test
    void aFloodIsCut() throws Exception {
        assertThat(flood("+nocookie")).contains(" tc").contains("no servers could be reached");
    }

    @Test
    void aCookieGetsThroughAFlood() throws Exception {
        assertThat(flood("+cookie=0102030405060708"))
                .containsPattern("BADCOOKIE, retrying[^&]*status: NOERROR[^&]*[(]good[)]");
    }

    /** Asks for more than two seconds' worth at once, and goes on while what is dropped is waited for in vain. */
    private static String flood(String option) throws IOException, InterruptedException {
        Path questions = Files.write(directory.resolve("questions"), Collections.nCopies(32, ZONE + " SOA"));
        return dig("+tries=1", "+time=1", "+ignore", option, "-f", questions.toString());
    }

    private static String dig(String... arguments) throws IOException, InterruptedException {
        return outside.run(concat(List.of("dig", "@" + REGISTRY), List.of(arguments)));
    }

    private static String[] concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toArray(String[]::new);
    }
}
