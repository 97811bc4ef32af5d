package io.wgsd.tests.publish;

import static io.wgsd.tests.lab.LabNetwork.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.contract.WireGuardGo;
import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Background;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Registries publish into zones that BIND, Knot and PowerDNS serve, as docs/publishing.md sets them up. */
@Timeout(300)
class PublishingTest {

    private static final int PEERS = 120;
    private static final String OWN_KEY = "5a".repeat(32);
    private static final String OTHER_KEY = "6a".repeat(32);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void theDevicesPeersAreInTheZoneAndOthersRecordsStay(PrimaryServer kind) throws Exception {
        try (PublishingLab lab = PublishingLab.up(directory, kind)) {
            List<String> before = lab.transfer();
            LabNetwork.configure(lab.device(), OWN_KEY, 0, PEERS);
            lab.registry("wg0");
            lab.await(LabNetwork.instance(PEERS - 1), "SRV", answer -> answer.contains(" " + (1024 + PEERS - 1) + " "));

            LabNetwork.move(lab.device(), 1, 4242);
            LabNetwork.remove(lab.device(), 2);

            lab.await(LabNetwork.instance(1), "SRV", answer -> answer.startsWith("0 0 4242 "));
            lab.await(LabNetwork.instance(2), "SRV", String::isEmpty);
            lab.await("_wireguard._udp." + ZONE, "PTR", answer -> answer.lines().count() == PEERS - 1);
            List<String> after = lab.transfer();
            assertThat(after)
                    .containsAll(before.stream().filter(line -> !isSoa(line)).toList());
            // Per peer: PTR, SRV and TXT with padding and without, address of the host; for the registry: its lease and
            // the browsing domains.
            assertThat(after).hasSize(before.size() + 6 * (PEERS - 1) + 4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRegistrysRelayIsInTheZoneWhileItRuns(PrimaryServer kind) throws Exception {
        try (PublishingLab lab = PublishingLab.up(directory, kind)) {
            LabNetwork.configure(lab.device(), OWN_KEY, 0, 2);
            lab.publicAddress("192.0.2.1");
            String state = directory.resolve("state").toString();
            Background registry = lab.registry("wg0", "--state", state, "--relay", "192.0.2.1:443");
            registry.awaitLine("relay at 192.0.2.1:443");

            lab.await(
                    "_wireguard-relay._udp." + ZONE,
                    "PTR",
                    answer -> answer.endsWith("._wireguard-relay._udp.example.com."));
            String instance = lab.data("_wireguard-relay._udp." + ZONE, "PTR");
            String[] service = lab.data(instance, "SRV").split(" ");
            assertThat(service[2]).isEqualTo("443");
            assertThat(lab.data(service[3], "A")).isEqualTo("192.0.2.1");
            assertThat(lab.data(instance, "TXT")).contains("\"pub=");

            registry.terminate();
            lab.registry("wg0", "--state", state);
            lab.await("_wireguard-relay._udp." + ZONE, "PTR", String::isEmpty);
            lab.await(instance, "SRV", String::isEmpty);
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsThatSomebodyChangedAreRepaired(PrimaryServer kind) throws Exception {
        try (PublishingLab lab = PublishingLab.up(directory, kind)) {
            LabNetwork.configure(lab.device(), OWN_KEY, 0, 2);
            lab.registry("wg0");
            lab.await(LabNetwork.instance(1), "SRV", answer -> answer.startsWith("0 0 1025 "));

            lab.nsupdate(
                    "update delete " + LabNetwork.instance(1).replace("=", "\\061") + " SRV",
                    "update delete _wireguard._udp." + ZONE + " PTR");

            lab.await(LabNetwork.instance(1), "SRV", answer -> answer.startsWith("0 0 1025 "));
            lab.await("_wireguard._udp." + ZONE, "PTR", answer -> answer.lines().count() == 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPrimaryThatWasAwayAndHasLostItsDataHasThemAgain(PrimaryServer kind) throws Exception {
        try (PublishingLab lab = PublishingLab.up(directory, kind)) {
            LabNetwork.configure(lab.device(), OWN_KEY, 0, 2);
            Background registry = lab.registry("wg0");
            lab.await(LabNetwork.instance(1), "SRV", answer -> answer.startsWith("0 0 1025 "));

            lab.killPrimary();
            LabNetwork.move(lab.device(), 1, 4242);
            registry.awaitLine("cannot reach the primary of example.com., 127.0.0.5:53");
            lab.startPrimary();

            lab.await(LabNetwork.instance(1), "SRV", answer -> answer.startsWith("0 0 4242 "));
            lab.await(LabNetwork.instance(0), "SRV", answer -> answer.startsWith("0 0 1024 "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoRegistriesTheNewerKnowledgeWinsAndOneThatIsGoneIsCleanedUpAfter(PrimaryServer kind) throws Exception {
        try (PublishingLab lab = PublishingLab.up(directory, kind);
                WireGuardGo second = lab.secondDevice()) {
            // Both know peer 1; peer 0 is the first one's alone, peer 2 the second one's.
            LabNetwork.configure(lab.device(), OWN_KEY, 0, 2);
            LabNetwork.configure(second, OTHER_KEY, 1, 2);
            Background one = lab.registry("wg0", "--update-lease", "4");
            lab.await(LabNetwork.instance(1), "SRV", portIs(1025));
            Background two = lab.registry("wg1", "--update-lease", "4");
            lab.await(LabNetwork.instance(2), "SRV", portIs(1026));

            // What a registry has known for as long as another, to the second, is not newer.
            awaitNextSecond();
            LabNetwork.move(second, 1, 4242);
            lab.await(LabNetwork.instance(1), "SRV", portIs(4242));
            awaitNextSecond();
            LabNetwork.move(lab.device(), 1, 4343);
            lab.await(LabNetwork.instance(1), "SRV", portIs(4343));

            one.kill();
            lab.await(LabNetwork.instance(0), "SRV", String::isEmpty);
            lab.await(LabNetwork.instance(1), "SRV", portIs(4242));
            assertThat(lab.data(LabNetwork.instance(2), "SRV")).startsWith("0 0 1026 ");
            assertThat(two.output()).doesNotContain("WARN").doesNotContain("ERROR");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongSecretIsExplained(PrimaryServer kind) throws Exception {
        try (PublishingLab lab = PublishingLab.up(directory, kind)) {
            LabNetwork.configure(lab.device(), OWN_KEY, 0, 1);
            Files.writeString(
                    directory.resolve("server/registry.key"), "d3JvbmcgIHdyb25nICB3cm9uZyAgd3JvbmcgIHdyb25nIA==");

            Background registry = lab.registry("wg0");

            registry.awaitLine("key registry.");
            assertThat(registry.output()).contains("secret").doesNotContain("d3JvbmcgI");
        }
    }

    private static Predicate<String> portIs(int port) {
        return answer -> answer.startsWith("0 0 " + port + " ");
    }

    private static void awaitNextSecond() {
        long second = System.currentTimeMillis() / 1000;
        Await.until("the next second", () -> System.currentTimeMillis() / 1000 != second);
    }

    private static boolean isSoa(String line) {
        return line.contains(" SOA ");
    }
}
