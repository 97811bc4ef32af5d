package io.wgsd.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which command lines a change becomes, and what the words of {@code wg} mean. */
final class CliPeerSourceTest {

    private static final PublicKey ALICE = PublicKey.parse("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=");
    private static final PublicKey BOB = PublicKey.parse("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=");
    private static final String A = ALICE.toBase64();

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
    private final FakeWg wg = new FakeWg(wireGuard, FakeWg.OLD);
    private final CliPeerSource source = source(wg, FakeWg.OLD);

    CliPeerSourceTest() {
        wireGuard.create("wg0");
    }

    @Test
    void readingAsksForNothingSecret() throws Exception {
        source.read("wg0");

        assertThat(wg.commands())
                .hasSize(8)
                .noneMatch(words -> words.contains("dump") || words.contains("private-key"))
                .noneMatch(words -> words.contains("preshared-keys"));
    }

    @Test
    void aDeviceThatWgCannotBeAskedForIsReported() throws Exception {
        wireGuard.create("all");

        assertThat(source.deviceNames()).containsExactly("wg0");
        assertThat(source.devicesLeftOut())
                .containsExactly(Map.entry("all", "wg takes that name for a word of its own"));
    }

    @Test
    void anEndpointIsSetInOneRunWithoutReading() throws Exception {
        source.apply(
                "wg0",
                change().peer(ALICE)
                        .endpoint(Endpoint.parse("[fe80::1%lo]:1"))
                        .persistentKeepalive(Duration.ofSeconds(25))
                        .build());

        assertThat(wg.commands())
                .containsExactly(
                        List.of("set", "wg0", "peer", A, "endpoint", "[fe80::1%lo]:1", "persistent-keepalive", "25"));
    }

    @Test
    void anOldWgReplacesAllowedIpsThatItCannotAdd() throws Exception {
        source.apply("wg0", change().peer(ALICE).addAllowedIp(prefix(1)).build());
        source.apply("wg0", change().peer(ALICE).addAllowedIp(prefix(2)).build());

        assertThat(last(wg)).endsWith("allowed-ips", "10.0.0.1/32,10.0.0.2/32");
    }

    @Test
    void aNewWgAddsAllowedIpsWithoutReading() throws Exception {
        FakeWg newer = new FakeWg(wireGuard, FakeWg.NEW);
        source(newer, FakeWg.NEW)
                .apply("wg0", change().peer(ALICE).addAllowedIp(prefix(1)).build());

        assertThat(newer.commands()).containsExactly(List.of("set", "wg0", "peer", A, "allowed-ips", "+10.0.0.1/32"));
    }

    @Test
    void aKeyNeverIsOnACommandLine() throws Exception {
        try (SecretKey own = SecretKey.generatePrivate();
                SecretKey first = SecretKey.generatePreshared();
                SecretKey second = SecretKey.generatePreshared()) {
            source.apply(
                    "wg0",
                    change().privateKey(own)
                            .peer(ALICE)
                            .presharedKey(first)
                            .peer(BOB)
                            .presharedKey(second)
                            .build());

            assertThat(wg.commands()).as("a run for each key").hasSize(3);
            for (SecretKey key : List.of(own, first, second)) {
                String text = new String(key.toBase64(), StandardCharsets.US_ASCII);
                assertThat(wg.commands().toString()).doesNotContain(text).contains("/dev/stdin");
            }
        }
    }

    @Test
    void clearedSettingsAreReadFromAnEmptyFile() throws Exception {
        source.apply(
                "wg0",
                change().clearPrivateKey().peer(ALICE).clearPresharedKey().build());

        assertThat(wg.commands())
                .containsExactly(
                        List.of("set", "wg0", "private-key", "/dev/null", "peer", A, "preshared-key", "/dev/null"));
    }

    @Test
    void noCommandLineIsTooLong() throws Exception {
        DeviceChange.Builder change = change();
        for (int i = 0; i < 5000; i++) {
            change.peer(key(i)).endpoint(Endpoint.parse("192.0.2.1:" + (i + 1)));
        }
        source.apply("wg0", change.build());

        assertThat(wg.commands()).hasSizeBetween(4, 8);
        assertThat(wg.commands())
                .allMatch(words -> words.stream().mapToInt(String::length).sum() < 100_000);
        assertThat(source.read("wg0").peers()).hasSize(5000);
    }

    @Test
    void moreAllowedIpsThanACommandLineHoldsGoThroughStandardInput() throws Exception {
        List<IpPrefix> many =
                IntStream.range(0, 5000).mapToObj(CliPeerSourceTest::prefix).toList();
        source.apply("wg0", change().peer(ALICE).addAllowedIps(many).build());

        assertThat(last(wg)).containsExactly("addconf", "wg0", "/dev/stdin");
        assertThat(source.read("wg0").peer(ALICE).orElseThrow().allowedIps()).hasSize(5000);
    }

    @Test
    void theChangesBeforeAFailureAreReported() throws Exception {
        try (SecretKey key = SecretKey.generatePreshared()) {
            DeviceChange change = change().peer(ALICE)
                    .presharedKey(key)
                    .peer(BOB)
                    .presharedKey(key)
                    .build();
            FakeWg failing = new FakeWg(wireGuard, FakeWg.OLD);
            Programs secondFails = (command, input, operation) -> {
                failing.refusal = failing.commands().size() == 1 ? "Unable to modify interface: Invalid argument" : "";
                return failing.run(command, input, operation);
            };
            assertThatThrownBy(() -> source(secondFails, FakeWg.OLD).apply("wg0", change))
                    .isInstanceOfSatisfying(
                            PartlyAppliedException.class,
                            e -> assertThat(e.appliedPeers()).containsExactly(ALICE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Unable to access interface: No such device, NoSuchDeviceException",
        "Unable to access interface: Operation not supported, NoSuchDeviceException",
        "Unable to access interface: Protocol not supported, NoSuchDeviceException",
        "Unable to access interface: Connection refused, NoSuchDeviceException",
        "Unable to access interface: Operation not permitted, NotPermittedException",
        "Unable to access interface: Permission denied, NotPermittedException",
        "Unable to modify interface: Address already in use, RejectedException",
        "Unable to modify interface: Invalid argument, RejectedException"
    })
    void itsWordsSayWhatIsWrong(String said, String exception) {
        wg.refusal = said;

        assertThatThrownBy(() -> source.read("wg0"))
                .isInstanceOf(WireGuardException.class)
                .hasMessageContaining("wg0")
                .extracting(failure -> failure.getClass().getSimpleName())
                .isEqualTo(exception);
    }

    @Test
    void aPortInUseIsNamed() {
        wg.refusal = "Unable to modify interface: Address already in use";

        assertThatThrownBy(() -> source.apply("wg0", change().listenPort(51820).build()))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("another process uses port 51820");
    }

    @Test
    void itsOwnWordsAreNoDevices() {
        assertThatThrownBy(() -> source.read("all"))
                .isInstanceOf(NoSuchDeviceException.class)
                .hasMessageContaining("a word of its own");
        assertThatThrownBy(() -> source.read("interfaces")).isInstanceOf(NoSuchDeviceException.class);
        assertThat(wg.commands()).isEmpty();
    }

    @Test
    void aCallerWithoutRightsLearnsWhatToDo() {
        wg.refusal = "Unable to access interface: Operation not permitted";

        assertThatThrownBy(() -> source.read("wg0"))
                .isInstanceOf(NotPermittedException.class)
                .hasMessageContaining("run as root");
    }

    private static CliPeerSource source(Programs programs, String version) {
        return new CliPeerSource(
                new Wg(programs, "/usr/bin/wg"), WgVersion.of(version), Path.of("/nowhere"), Duration.ofSeconds(20));
    }

    private static List<String> last(FakeWg wg) {
        return wg.commands().get(wg.commands().size() - 1);
    }

    private static DeviceChange.Builder change() {
        return DeviceChange.builder();
    }

    private static IpPrefix prefix(int number) {
        return IpPrefix.parse("10.0." + number / 250 + "." + number % 250);
    }

    private static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(28, number + 1).array());
    }
}
