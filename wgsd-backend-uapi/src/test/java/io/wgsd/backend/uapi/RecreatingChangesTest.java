package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.backend.uapi.codec.Texts;
import io.wgsd.backend.uapi.transport.FakeUapi;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.UnsupportedException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a boringtun is changed without its panics and its leaks from one peer to the next. */
final class RecreatingChangesTest {

    private static final Endpoint ENDPOINT = Endpoint.parse("192.0.2.7:7");

    private final Boringtun boringtun = new Boringtun();
    private FakeUapi fake;
    private PeerSource source;

    @BeforeEach
    void start() throws IOException {
        fake = FakeUapi.answering("wg0", boringtun::answer);
        source = new UapiPeerSourceProvider()
                .open(PeerSourceOptions.defaults()
                        .withSetting(
                                UapiPeerSourceProvider.DIRECTORY,
                                fake.directory().toString()));
        source.apply(
                "wg0",
                DeviceChange.builder()
                        .privateKey(Texts.secret(Texts.PRIVATE))
                        .peer(Texts.BOB_KEY)
                        .presharedKey(Texts.secret(Texts.PRESHARED))
                        .endpoint(Endpoint.parse("192.0.2.1:1"))
                        .addAllowedIp(IpPrefix.parse("10.0.0.2/32"))
                        .addAllowedIp(IpPrefix.parse("10.0.0.3/32"))
                        .persistentKeepalive(Duration.ofSeconds(25))
                        .peer(Texts.CAROL_KEY)
                        .build());
    }

    @AfterEach
    void stop() throws Exception {
        source.close();
        fake.close();
    }

    @Test
    void itCanDoLittleByItself() throws IOException {
        Capabilities capabilities = source.capabilities("wg0");

        assertThat(capabilities.atomicUpdateOnly()).isFalse();
        assertThat(capabilities.atomicRestart()).isFalse();
        assertThat(capabilities.singlePrefixRemoval()).isFalse();
        assertThat(capabilities.handshakePrecision()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void nothingLeaksFromOnePeerToTheNext() throws IOException {
        Peer carol = source.read("wg0").peer(Texts.CAROL_KEY).orElseThrow();

        assertThat(carol).isEqualTo(Peer.builder(Texts.CAROL_KEY).build());
    }

    @Test
    void aPeerKeepsWhatAChangeDoesNotName() throws IOException {
        source.apply(
                "wg0",
                DeviceChange.builder().peer(Texts.BOB_KEY).endpoint(ENDPOINT).build());

        Peer bob = source.read("wg0").peer(Texts.BOB_KEY).orElseThrow();
        assertThat(bob.endpoint()).contains(ENDPOINT);
        assertThat(bob.allowedIps()).hasSize(2);
        assertThat(bob.persistentKeepalive()).contains(Duration.ofSeconds(25));
        try (DeviceSecrets secrets = source.secrets("wg0")) {
            assertThat(secrets.presharedKey(Texts.BOB_KEY)).contains(Texts.secret(Texts.PRESHARED));
        }
    }

    @Test
    void aPeerThatStaysAsItIsIsNotTouched() throws IOException {
        int before = fake.changes().size();

        source.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(Texts.BOB_KEY)
                        .endpoint(Endpoint.parse("192.0.2.1:1"))
                        .build());

        assertThat(fake.changes()).hasSize(before);
    }

    @Test
    void onePrefixIsRemoved() throws IOException {
        source.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(Texts.BOB_KEY)
                        .removeAllowedIp(IpPrefix.parse("10.0.0.2/32"))
                        .build());

        assertThat(source.read("wg0").peer(Texts.BOB_KEY).orElseThrow().allowedIps())
                .containsExactly(IpPrefix.parse("10.0.0.3/32"));
    }

    @Test
    void updateOnlyAddsNothing() throws IOException {
        source.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(Texts.CAROL_KEY)
                        .remove()
                        .peer(Texts.CAROL_KEY)
                        .updateOnly()
                        .endpoint(ENDPOINT)
                        .build());

        assertThat(source.read("wg0").peer(Texts.CAROL_KEY)).isEmpty();
    }

    @Test
    void aRestartIsUnsupportedAndChangesNothing() throws IOException {
        Device before = source.read("wg0");

        assertThatThrownBy(() -> source.apply(
                        "wg0",
                        DeviceChange.builder()
                                .peer(Texts.CAROL_KEY)
                                .remove()
                                .peer(Texts.BOB_KEY)
                                .restart()
                                .build()))
                .isInstanceOf(UnsupportedException.class);
        assertThat(source.read("wg0")).isEqualTo(before);
    }

    @Test
    void aPeerThatCannotBeAddedAgainIsPutBack() throws IOException {
        Device before = source.read("wg0");

        assertThatThrownBy(() -> source.apply(
                        "wg0",
                        DeviceChange.builder()
                                .peer(Texts.BOB_KEY)
                                .endpoint(Endpoint.parse("[fe80::1%eth0]:7"))
                                .build()))
                .isInstanceOf(RejectedException.class);
        assertThat(source.read("wg0")).isEqualTo(before);
    }

    @Test
    void settingTheKeyOfAPeerRemovesThatPeer() throws IOException {
        boringtun.addPeer(Texts.secret(Texts.PRESHARED).publicKey().toHex());

        source.apply(
                "wg0",
                DeviceChange.builder()
                        .privateKey(Texts.secret(Texts.PRESHARED))
                        .peer(Texts.secret(Texts.PRESHARED).publicKey())
                        .build());

        assertThat(source.read("wg0").peer(Texts.secret(Texts.PRESHARED).publicKey()))
                .isEmpty();
    }

    @Test
    void peersBeforeTheKeyAreRefusedForBoringtunWouldPanic() throws IOException {
        Boringtun keyless = new Boringtun();
        try (FakeUapi other = FakeUapi.answering("wg1", keyless::answer);
                PeerSource keylessSource = new UapiPeerSourceProvider()
                        .open(PeerSourceOptions.defaults()
                                .withSetting(
                                        UapiPeerSourceProvider.DIRECTORY,
                                        other.directory().toString()))) {
            assertThatThrownBy(() -> keylessSource.apply(
                            "wg1", DeviceChange.builder().peer(Texts.BOB_KEY).build()))
                    .isInstanceOf(UnsupportedException.class)
                    .isNotInstanceOf(NoSuchDeviceException.class);
        }
    }

    @Test
    void allPeersAreReplaced() throws IOException {
        source.apply(
                "wg0",
                DeviceChange.builder()
                        .replacePeers()
                        .peer(Texts.BOB_KEY)
                        .endpoint(ENDPOINT)
                        .build());

        assertThat(source.read("wg0").peers())
                .containsExactly(Peer.builder(Texts.BOB_KEY).endpoint(ENDPOINT).build());
    }
}
