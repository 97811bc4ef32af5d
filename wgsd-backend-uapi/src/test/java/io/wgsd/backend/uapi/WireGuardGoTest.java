package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.backend.uapi.codec.Texts;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.TimedOutException;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.contract.WireGuardGo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real wireguard-go does when it is asked. */
final class WireGuardGoTest {

    private static final PublicKey BOB = Texts.BOB_KEY;
    private static final PublicKey CAROL = Texts.CAROL_KEY;

    @TempDir
    private static Path directory;

    private static WireGuardGo wireGuard;
    private static PeerSource source;

    @BeforeAll
    static void start() throws Exception {
        wireGuard = WireGuardGo.start(directory, "wgt0");
        source = open(wireGuard);
    }

    @AfterAll
    static void stop() throws Exception {
        if (wireGuard != null) {
            source.close();
            wireGuard.close();
        }
    }

    @BeforeEach
    void clear() throws Exception {
        source.apply(
                "wgt0",
                DeviceChange.builder()
                        .replacePeers()
                        .clearPrivateKey()
                        .listenPort(0)
                        .build());
    }

    @Test
    void itIsListed() throws Exception {
        assertThat(source.deviceNames()).containsExactly("wgt0");
    }

    @Test
    void valuesThatWereSetAreReadBack() throws Exception {
        Peer bob = bob();
        try (SecretKey key = SecretKey.generatePrivate();
                SecretKey preshared = SecretKey.generatePreshared()) {
            source.apply(
                    "wgt0",
                    DeviceChange.builder()
                            .privateKey(key)
                            .listenPort(51821)
                            .firewallMark(77)
                            .peer(BOB)
                            .presharedKey(preshared)
                            .endpoint(bob.endpoint().orElseThrow())
                            .addAllowedIps(bob.allowedIps())
                            .persistentKeepalive(bob.persistentKeepalive().orElseThrow())
                            .build());

            Device device = source.read("wgt0");

            assertThat(device.publicKey()).contains(key.publicKey());
            assertThat(device.listenPort()).isEqualTo(51821);
            assertThat(device.firewallMark()).isEqualTo(77);
            assertThat(device.peers()).hasSize(1);
            assertThat(device.peers().get(0).sameConfiguration(bob)).isTrue();
            try (DeviceSecrets secrets = source.secrets("wgt0")) {
                assertThat(secrets.privateKey().orElseThrow().publicKey()).isEqualTo(key.publicKey());
                assertThat(secrets.presharedKey(BOB)).contains(preshared);
            }
        }
        source.apply("wgt0", DeviceChange.builder().firewallMark(0).build());
    }

    @Test
    void updateOnlyAddsNothing() throws Exception {
        source.apply(
                "wgt0",
                DeviceChange.builder()
                        .peer(BOB)
                        .updateOnly()
                        .endpoint(Endpoint.parse("192.0.2.1:1"))
                        .build());

        assertThat(source.read("wgt0").peers()).isEmpty();
    }

    @Test
    void onePrefixIsRemovedEvenWhereWireGuardCannot() throws Exception {
        source.apply(
                "wgt0",
                DeviceChange.builder()
                        .peer(BOB)
                        .addAllowedIps(bob().allowedIps())
                        .build());

        source.apply(
                "wgt0",
                DeviceChange.builder()
                        .peer(BOB)
                        .updateOnly()
                        .addAllowedIp(IpPrefix.parse("10.9.0.0/16"))
                        .removeAllowedIp(IpPrefix.parse("10.0.0.0/24"))
                        .build());

        assertThat(source.read("wgt0").peer(BOB).orElseThrow().allowedIps())
                .containsExactly(IpPrefix.parse("10.9.0.0/16"), IpPrefix.parse("fd00::/64"));
    }

    @Test
    void stepsThatNeedWhatEarlierOnesLedToSeeIt() throws Exception {
        source.apply(
                "wgt0",
                DeviceChange.builder()
                        .peer(BOB)
                        .addAllowedIps(bob().allowedIps())
                        .peer(CAROL)
                        .addAllowedIp(IpPrefix.parse("fd00::/64"))
                        .peer(BOB)
                        .removeAllowedIp(IpPrefix.parse("10.0.0.0/24"))
                        .peer(CAROL)
                        .restart()
                        .endpoint(Endpoint.parse("192.0.2.3:3"))
                        .build());

        Device device = source.read("wgt0");
        assertThat(device.peer(BOB).orElseThrow().allowedIps()).isEmpty();
        assertThat(device.peer(CAROL).orElseThrow().allowedIps()).containsExactly(IpPrefix.parse("fd00::/64"));
        assertThat(device.peer(CAROL).orElseThrow().endpoint()).contains(Endpoint.parse("192.0.2.3:3"));
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (WireGuardGo other = wireGuard.alongside("wgt1")) {
            source.apply("wgt1", DeviceChange.builder().listenPort(51999).build());

            assertThatThrownBy(() -> source.apply(
                            "wgt0", DeviceChange.builder().listenPort(51999).build()))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("EADDRINUSE")
                    .hasMessageContaining("51999");
        }
    }

    @Test
    void aRestartKeepsTheConfigurationAndForgetsTheSession() throws Exception {
        try (WireGuardGo other = wireGuard.alongside("wgt2");
                SecretKey mine = SecretKey.generatePrivate();
                SecretKey theirs = SecretKey.generatePrivate();
                SecretKey preshared = SecretKey.generatePreshared()) {
            source.apply(
                    "wgt2",
                    DeviceChange.builder()
                            .privateKey(theirs)
                            .listenPort(51902)
                            .peer(mine.publicKey())
                            .presharedKey(preshared)
                            .build());
            source.apply(
                    "wgt0",
                    DeviceChange.builder()
                            .privateKey(mine)
                            .listenPort(51900)
                            .peer(theirs.publicKey())
                            .presharedKey(preshared)
                            .endpoint(Endpoint.parse("127.0.0.1:51902"))
                            .addAllowedIp(IpPrefix.parse("10.3.0.0/24"))
                            .persistentKeepalive(Duration.ofSeconds(25))
                            .build());
            wireGuard.run("ip", "link", "set", "wgt0", "up");
            wireGuard.run("ip", "link", "set", "wgt2", "up");
            Peer before = awaitHandshake(theirs.publicKey());
            // The other end must not answer, or the new session would hide that the old one is gone.
            source.apply("wgt2", DeviceChange.builder().replacePeers().build());

            source.apply(
                    "wgt0",
                    DeviceChange.builder().peer(theirs.publicKey()).restart().build());

            Peer after = source.read("wgt0").peer(theirs.publicKey()).orElseThrow();
            assertThat(before.statistics().rxBytes()).isPositive();
            assertThat(after.statistics().latestHandshake()).isEmpty();
            assertThat(after.statistics().rxBytes()).isZero();
            assertThat(after.sameConfiguration(before)).isTrue();
            try (DeviceSecrets secrets = source.secrets("wgt0")) {
                assertThat(secrets.presharedKey(theirs.publicKey())).contains(preshared);
            }
        }
    }

    @Test
    void aRestartOfAPeerThatIsNotThereDoesNothing() throws Exception {
        source.apply("wgt0", DeviceChange.builder().peer(BOB).restart().build());

        assertThat(source.read("wgt0").peers()).isEmpty();
    }

    @Test
    void tenThousandPeersAreSetAndRead() throws Exception {
        DeviceChange.Builder change = DeviceChange.builder();
        Map<PublicKey, IpPrefix> expected = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[32];
            bytes[0] = (byte) i;
            bytes[1] = (byte) (i >> 8);
            bytes[31] = 1;
            IpPrefix prefix = IpPrefix.parse("10." + (i >> 8) + "." + (i & 255) + ".0/24");
            change.peer(PublicKey.of(bytes)).addAllowedIp(prefix);
            expected.put(PublicKey.of(bytes), prefix);
        }

        source.apply("wgt0", change.build());

        Map<PublicKey, IpPrefix> actual = new HashMap<>();
        source.read("wgt0")
                .peers()
                .forEach(peer -> actual.put(peer.publicKey(), peer.allowedIps().get(0)));
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void aChangeThatBreaksOffChangesWholePeersOnly() throws Exception {
        DeviceChange.Builder change = DeviceChange.builder();
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = new byte[32];
            bytes[0] = (byte) i;
            bytes[1] = (byte) (i >> 8);
            bytes[31] = 2;
            change.peer(PublicKey.of(bytes))
                    .endpoint(Endpoint.parse("192.0.2.1:51820"))
                    .addAllowedIp(IpPrefix.parse("10." + (i >> 8) + "." + (i & 255) + ".0/24"))
                    .persistentKeepalive(Duration.ofSeconds(12345));
        }
        PeerSourceOptions hasty = PeerSourceOptions.defaults()
                .withTimeout(Duration.ofSeconds(1))
                .withSetting(
                        UapiPeerSourceProvider.DIRECTORY, wireGuard.directory().toString());
        try (PeerSource impatient = new UapiPeerSourceProvider().open(hasty)) {
            impatient.capabilities("wgt0");
            wireGuard.pause();
            assertThatThrownBy(() -> impatient.apply("wgt0", change.build())).isInstanceOf(TimedOutException.class);
        } finally {
            wireGuard.resume();
        }

        assertThat(awaitPeers()).hasSizeBetween(1, 4999).allSatisfy(peer -> {
            assertThat(peer.endpoint()).contains(Endpoint.parse("192.0.2.1:51820"));
            assertThat(peer.allowedIps()).hasSize(1).allMatch(prefix -> prefix.length() == 24);
            assertThat(peer.persistentKeepalive()).contains(Duration.ofSeconds(12345));
        });
    }

    @Test
    void aDeviceWhoseProcessWasKilledIsNone() throws Exception {
        try (WireGuardGo other = wireGuard.alongside("wgt3")) {
            other.kill();

            assertThat(source.deviceNames()).containsExactly("wgt0");
            assertThatThrownBy(() -> source.read("wgt3"))
                    .isInstanceOf(NoSuchDeviceException.class)
                    .hasMessageContaining("wgt3.sock is left by a process that has ended");
        }
    }

    private static Peer awaitHandshake(PublicKey peer) throws IOException {
        Await.until(
                "a handshake", () -> read(peer).statistics().latestHandshake().isPresent());
        return read(peer);
    }

    /** Waits until peers show; a transaction shows as a whole. */
    private static List<Peer> awaitPeers() throws IOException {
        Await.until("peers", () -> !source.read("wgt0").peers().isEmpty());
        return source.read("wgt0").peers();
    }

    private static Peer read(PublicKey peer) throws IOException {
        return source.read("wgt0").peer(peer).orElseThrow();
    }

    private static Peer bob() {
        return Peer.builder(BOB)
                .endpoint(Endpoint.parse("[2001:db8::1]:51820"))
                .allowedIp(IpPrefix.parse("10.0.0.0/24"))
                .allowedIp(IpPrefix.parse("fd00::/64"))
                .persistentKeepalive(Duration.ofSeconds(25))
                .statistics(PeerStatistics.none())
                .build();
    }

    private static PeerSource open(WireGuardGo wireGuard) throws IOException {
        return new UapiPeerSourceProvider()
                .open(PeerSourceOptions.defaults()
                        .withSetting(
                                UapiPeerSourceProvider.DIRECTORY,
                                wireGuard.directory().toString()));
    }
}
