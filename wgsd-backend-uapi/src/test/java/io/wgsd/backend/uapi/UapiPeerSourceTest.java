package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.backend.uapi.codec.Texts;
import io.wgsd.backend.uapi.transport.FakeUapi;
import io.wgsd.backend.uapi.transport.JdkUapiTransport;
import io.wgsd.backend.uapi.transport.UapiTransport;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.MalformedException;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.UnavailableException;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the source makes of what sockets do, without a WireGuard behind them. */
final class UapiPeerSourceTest {

    private static final String OK = "errno=0\n\n";
    private static final Endpoint ENDPOINT = Endpoint.parse("192.0.2.7:7");

    @TempDir
    Path directory;

    @Test
    void itReadsADevice() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", request -> Texts.WIREGUARD_GO);
                PeerSource source = open(fake.directory())) {
            Device device = source.read("wg0");

            assertThat(device.peers()).hasSize(2);
            assertThat(fake.requests()).containsExactly("get=1\n\n");
        }
    }

    @Test
    void anAnswerInSinglesBytesIsTheSame() throws Exception {
        try (FakeUapi fake = FakeUapi.serving("wg0", connection -> {
                    FakeUapi.readRequest(connection);
                    for (char c : Texts.WIREGUARD_GO.toCharArray()) {
                        FakeUapi.write(connection, String.valueOf(c));
                    }
                });
                PeerSource source = open(fake.directory())) {
            assertThat(source.read("wg0").peers()).hasSize(2);
        }
    }

    @Test
    void peersOfAnEarlierReadingAreShared() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", request -> Texts.WIREGUARD_GO);
                PeerSource source = open(fake.directory())) {
            Device first = source.read("wg0");

            Device second = source.read("wg0", ReadOptions.defaults().reusing(first));

            assertThat(second.peers().get(0)).isSameAs(first.peers().get(0));
        }
    }

    @Test
    void aHandshakeSentAsAnAgeStaysWhereItIs() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", request -> Texts.BORINGTUN);
                PeerSource source = open(fake.directory())) {
            assertThat(source.read("wg0")).isEqualTo(source.read("wg0"));
        }
    }

    @Test
    void aDeviceWithoutSocketIsNone() {
        PeerSource source = open(directory);

        assertThatThrownBy(() -> source.read("wg0"))
                .isInstanceOf(NoSuchDeviceException.class)
                .hasMessage("no device \"wg0\": " + directory + "/wg0.sock does not exist");
    }

    @Test
    void aNameThatNoInterfaceCanHaveIsNoDevice() {
        PeerSource source = open(directory);

        assertThatThrownBy(() -> source.read("../wg0"))
                .isInstanceOf(NoSuchDeviceException.class)
                .hasMessageContaining("no interface can have that name");
    }

    @Test
    void aSocketWithoutProcessIsNoDeviceAndStays() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", request -> OK);
                PeerSource source = open(fake.directory())) {
            fake.crash();

            assertThatThrownBy(() -> source.read("wg0"))
                    .isInstanceOf(NoSuchDeviceException.class)
                    .hasMessageContaining("is left by a process that has ended");
            assertThat(source.deviceNames()).isEmpty();
            assertThat(fake.socket()).exists();
        }
    }

    @Test
    void aDeviceWhoseNameIsRefusedIsReported() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg 0", request -> OK);
                PeerSource source = open(fake.directory())) {
            assertThat(source.deviceNames()).isEmpty();
            assertThat(source.devicesLeftOut()).containsOnlyKeys("wg 0");
            assertThat(source.devicesLeftOut().get("wg 0")).startsWith("its name must be 1..15 printable");
        }
    }

    @Test
    void aFileThatIsNoSocketIsNoDevice() throws Exception {
        Files.writeString(directory.resolve("wg0.sock"), "");
        PeerSource source = open(directory);

        assertThatThrownBy(() -> source.read("wg0"))
                .isInstanceOf(NoSuchDeviceException.class)
                .hasMessageContaining("wg0.sock is not a socket");
        assertThat(source.deviceNames()).isEmpty();
    }

    @Test
    void aSocketThatIsNotForOthersNeedsPermission() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", request -> OK)) {
            Unprivileged.giveAway(fake.socket());

            assertThat(Unprivileged.reads("wg0", fake.directory()))
                    .startsWith(NotPermittedException.class.getName())
                    .contains("run as root or as the user that owns " + fake.socket());
        }
    }

    @Test
    void aDirectoryThatIsNotForOthersNeedsPermission() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", request -> OK)) {
            Unprivileged.giveAway(fake.directory());

            assertThat(Unprivileged.reads("wg0", fake.directory()))
                    .startsWith(NotPermittedException.class.getName())
                    .contains(fake.directory().toString());
        }
    }

    @Test
    void secretsAreNotSentToAnotherUsersProcess() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", UapiPeerSourceTest::newWireguardGo)) {
            UapiTransport transport = new AnotherUser(new JdkUapiTransport());
            PeerSource source = new UapiPeerSource(
                    SocketDirectories.of(fake.directory()),
                    new UapiClient(transport, TimeSource.system()),
                    Duration.ofSeconds(5),
                    TimeSource.system());
            DeviceChange change = DeviceChange.builder()
                    .privateKey(Texts.secret(Texts.PRIVATE))
                    .build();

            assertThatThrownBy(() -> source.apply("wg0", change))
                    .isInstanceOf(NotPermittedException.class)
                    .hasMessageContaining("runs as user 1234");
            assertThat(fake.changes()).isEmpty();
        }
    }

    @Test
    void aPathThatIsTooLongIsReported() throws Exception {
        Path deep = Files.createDirectories(directory.resolve("d".repeat(100)));
        Files.writeString(deep.resolve("wg0.sock"), "");
        PeerSource source = open(deep);

        assertThatThrownBy(() -> source.read("wg0"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("too long")
                .hasMessageContaining("uapi.directory");
    }

    @Test
    void anAnswerThatBreaksOffIsMalformed() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", request -> Texts.WIREGUARD_GO.substring(0, 100));
                PeerSource source = open(fake.directory())) {
            assertThatThrownBy(() -> source.read("wg0"))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("broke off after 100 bytes");
        }
    }

    @Test
    void aProcessThatEndsInTheMiddleTakesItsDeviceAlong() throws Exception {
        FakeUapi[] fake = new FakeUapi[1];
        fake[0] = FakeUapi.serving("wg0", connection -> {
            FakeUapi.readRequest(connection);
            fake[0].crash();
        });
        try (FakeUapi ended = fake[0];
                PeerSource source = open(ended.directory())) {
            assertThatThrownBy(() -> source.read("wg0"))
                    .isInstanceOf(NoSuchDeviceException.class)
                    .hasMessageContaining("ended meanwhile");
        }
    }

    @Test
    void garbageIsMalformed() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", request -> "HTTP/1.1 400 Bad Request\r\n\r\n");
                PeerSource source = open(fake.directory())) {
            assertThatThrownBy(() -> source.read("wg0"))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("line 1 has no \"=\"");
        }
    }

    @Test
    void anAnswerThatNeverEndsIsMalformed() throws Exception {
        try (FakeUapi fake = FakeUapi.serving("wg0", UapiPeerSourceTest::writeForEver);
                PeerSource source = open(fake.directory())) {
            assertThatThrownBy(() -> source.read("wg0"))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("65536 bytes");
        }
    }

    @Test
    void errnosHaveNames() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", request -> "errno=-5\n\n");
                PeerSource source = open(fake.directory())) {
            assertThatThrownBy(() -> source.read("wg0"))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("EIO")
                    .satisfies(e -> assertThat(((WireGuardException) e).errno()).hasValue(5));
        }
    }

    @Test
    void aChangeIsOneTransaction() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", UapiPeerSourceTest::newWireguardGo);
                PeerSource source = open(fake.directory())) {
            source.apply(
                    "wg0",
                    DeviceChange.builder()
                            .peer(Texts.BOB_KEY)
                            .updateOnly()
                            .endpoint(ENDPOINT)
                            .removeAllowedIp(IpPrefix.parse("10.0.0.2/32"))
                            .build());

            assertThat(fake.changes())
                    .containsExactly("set=1\npublic_key=" + Texts.BOB
                            + "\nupdate_only=true\nendpoint=192.0.2.7:7\nallowed_ip=-10.0.0.2/32\n\n");
        }
    }

    @Test
    void theDialectIsFoundOutOnce() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", UapiPeerSourceTest::newWireguardGo);
                PeerSource source = open(fake.directory())) {
            source.capabilities("wg0");
            int before = fake.requests().size();

            source.capabilities("wg0");

            assertThat(fake.requests()).hasSize(before);
        }
    }

    @Test
    void changesAppliedBeforeARefusalAreNamed() throws Exception {
        try (FakeUapi fake = FakeUapi.answering("wg0", request -> {
                    boolean refused = request.contains("endpoint=192.0.2.7:7");
                    return refused ? "errno=-22\n\n" : newWireguardGo(request);
                });
                PeerSource source = open(fake.directory())) {
            DeviceChange change = DeviceChange.builder()
                    .peer(Texts.BOB_KEY)
                    .endpoint(Endpoint.parse("192.0.2.1:51820"))
                    .peer(Texts.CAROL_KEY)
                    .endpoint(ENDPOINT)
                    .build();

            assertThatThrownBy(() -> source.apply("wg0", change))
                    .isInstanceOf(PartlyAppliedException.class)
                    .hasMessageContaining("EINVAL")
                    .satisfies(e -> assertThat(((PartlyAppliedException) e).appliedPeers())
                            .containsExactly(Texts.BOB_KEY));
        }
    }

    @Test
    void aRefusalInTheMiddleOfALongChangeIsReadThoughTheOtherSideStopped() throws Exception {
        try (FakeUapi fake = FakeUapi.serving("wg0", connection -> {
                    // wireguard-go answers at the first wrong line, and hangs up on what it then takes for the next
                    // request.
                    String request = FakeUapi.readPart(connection);
                    FakeUapi.write(connection, request.contains("allowed_ip=10.") ? "errno=-22\n\n" : OK);
                });
                PeerSource source = open(fake.directory())) {
            DeviceChange.Builder change = DeviceChange.builder();
            for (int i = 0; i < 200_000; i++) {
                change.peer(Texts.BOB_KEY).addAllowedIp(IpPrefix.parse("10.0.0.0/8"));
            }

            assertThatThrownBy(() -> source.apply("wg0", change.build()))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("EINVAL");
        }
    }

    @Test
    void changesNameNoSecretsInTheirErrors() throws Exception {
        try (FakeUapi fake = FakeUapi.answering(
                        "wg0", request -> request.contains(Texts.PRIVATE) ? "errno=-22\n\n" : newWireguardGo(request));
                PeerSource source = open(fake.directory())) {
            DeviceChange change = DeviceChange.builder()
                    .privateKey(Texts.secret(Texts.PRIVATE))
                    .build();

            assertThatThrownBy(() -> source.apply("wg0", change))
                    .hasMessageNotContaining(Texts.PRIVATE.substring(0, 8));
        }
    }

    private static String newWireguardGo(String request) {
        return request.startsWith("get=1") ? Texts.WIREGUARD_GO : OK;
    }

    private static void writeForEver(SocketChannel connection) throws IOException {
        while (true) {
            FakeUapi.write(connection, "x".repeat(4096));
        }
    }

    private static PeerSource open(Path directory) {
        try {
            return new UapiPeerSourceProvider()
                    .open(PeerSourceOptions.defaults()
                            .withSetting(UapiPeerSourceProvider.DIRECTORY, directory.toString()));
        } catch (WireGuardException e) {
            throw new AssertionError(e);
        }
    }
}
