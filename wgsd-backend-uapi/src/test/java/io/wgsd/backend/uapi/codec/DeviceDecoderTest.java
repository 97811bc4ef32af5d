package io.wgsd.backend.uapi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceDecoderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final Peer BOB = Peer.builder(Texts.BOB_KEY)
            .endpoint(Endpoint.parse("192.0.2.1:51820"))
            .allowedIp(IpPrefix.parse("10.0.0.2/32"))
            .allowedIp(IpPrefix.parse("fd00::2/128"))
            .persistentKeepalive(Duration.ofSeconds(25))
            .statistics(PeerStatistics.of(Instant.ofEpochSecond(1_700_000_000, 123_456_789), 2224, -1))
            .build();

    @Test
    void wireguardGosAnswerIsADevice() throws IOException {
        Device expected = Device.builder("wg0", DeviceKind.USERSPACE)
                .publicKey(Texts.secret(Texts.PRIVATE).publicKey())
                .listenPort(51820)
                .firewallMark(51820)
                .peer(BOB)
                .peer(Peer.builder(Texts.CAROL_KEY).build())
                .build();

        assertThat(decode(Texts.WIREGUARD_GO).device()).isEqualTo(expected);
    }

    @Test
    void boringtunsAnswerIsADeviceWhoseHandshakesAreAges() throws IOException {
        Snapshot snapshot = decode(Texts.BORINGTUN);

        assertThat(snapshot.tellsOwnPublicKey()).isTrue();
        assertThat(snapshot.hasHandshakeAges()).isTrue();
        assertThat(snapshot.device().publicKey()).contains(Texts.CAROL_KEY);
        assertThat(snapshot.device().peers().get(0).statistics().latestHandshake())
                .contains(NOW.minusSeconds(101));
    }

    @Test
    void anEmptyAnswerIsADeviceWithNothing() throws IOException {
        assertThat(decode("errno=0\n\n").device())
                .isEqualTo(Device.builder("wg0", DeviceKind.USERSPACE).build());
    }

    @Test
    void wherePiecesAreCutMakesNoDifference() throws IOException {
        Device whole = decode(Texts.WIREGUARD_GO).device();
        for (int cut = 1; cut < Texts.WIREGUARD_GO.length(); cut++) {
            Snapshot pieces =
                    decode(true, null, Texts.WIREGUARD_GO.substring(0, cut), Texts.WIREGUARD_GO.substring(cut));

            assertThat(pieces.device()).as("cut at %d", cut).isEqualTo(whole);
            assertThat(pieces.secrets().presharedKey(Texts.BOB_KEY)).contains(Texts.secret(Texts.PRESHARED));
        }
    }

    @Test
    void ofSeveralPrivateKeysTheFirstCounts() throws IOException {
        Snapshot snapshot =
                decode("private_key=" + Texts.PRIVATE + "\nprivate_key=" + Texts.PRESHARED + "\nerrno=0\n\n");

        assertThat(snapshot.device().publicKey())
                .contains(Texts.secret(Texts.PRIVATE).publicKey());
        assertThat(snapshot.secrets().privateKey()).contains(Texts.secret(Texts.PRIVATE));
    }

    @Test
    void aPresharedKeyIsFoundInAnyCaseOfItsPeersDigits() throws IOException {
        String answer = Texts.WIREGUARD_GO.replace(Texts.BOB, Texts.BOB.toUpperCase(Locale.ROOT));
        Wanted wanted = Wanted.presharedKeysOf(Set.of(Texts.BOB_KEY), false);

        assertThat(decode(wanted, answer).secrets().presharedKey(Texts.BOB_KEY))
                .contains(Texts.secret(Texts.PRESHARED));
    }

    @Test
    void secretsAreKeptOnlyWhereTheyWereAskedFor() throws IOException {
        Snapshot without = decode(false, null, Texts.WIREGUARD_GO);

        assertThat(without.secrets().privateKey()).isEmpty();
        assertThat(without.secrets().presharedKey(Texts.BOB_KEY)).isEmpty();
    }

    @Test
    void secretsAreThoseOfTheAnswer() throws IOException {
        Snapshot with = decode(true, null, Texts.WIREGUARD_GO);

        assertThat(with.secrets().privateKey()).contains(Texts.secret(Texts.PRIVATE));
        assertThat(with.secrets().presharedKey(Texts.BOB_KEY)).contains(Texts.secret(Texts.PRESHARED));
        assertThat(with.secrets().presharedKey(Texts.CAROL_KEY)).isEmpty();
    }

    @Test
    void aPrivateKeyOfZerosIsNone() throws IOException {
        assertThat(decode("private_key=" + Texts.ZEROS + "\nerrno=0\n\n")
                        .device()
                        .publicKey())
                .isEmpty();
    }

    @Test
    void equalPeersAreThePreviousOnes() throws IOException {
        Device previous = decode(Texts.WIREGUARD_GO).device();

        Device again = decode(false, previous, Texts.WIREGUARD_GO).device();

        assertThat(again.peers().get(0)).isSameAs(previous.peers().get(0));
        assertThat(again.peers().get(1)).isSameAs(previous.peers().get(1));
    }

    @Test
    void peersWithNewStatisticsShareThePreviousAllowedIps() throws IOException {
        Device previous = decode(Texts.WIREGUARD_GO).device();

        Device again = decode(false, previous, Texts.WIREGUARD_GO.replace("rx_bytes=2224", "rx_bytes=2225"))
                .device();

        Peer bob = again.peer(Texts.BOB_KEY).orElseThrow();
        assertThat(bob.statistics().rxBytes()).isEqualTo(2225);
        assertThat(bob.allowedIps())
                .isSameAs(previous.peer(Texts.BOB_KEY).orElseThrow().allowedIps());
    }

    @Test
    void aPeerSeenOnPort0HasNoEndpointRatherThanADeviceThatCannotBeRead() throws IOException {
        Device device = decode(Texts.WIREGUARD_GO.replace("192.0.2.1:51820", "192.0.2.1:0"))
                .device();

        assertThat(device.peer(Texts.BOB_KEY).orElseThrow().endpoint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "endpoint=[2001:db8::1]:51820",
                "endpoint=[fe80::1%eth0]:51820",
                "endpoint=[fe80::1%2]:51820",
            })
    void endpointsOfIpv6MayHaveAScope(String line) throws IOException {
        Device device = decode(peer(line)).device();

        assertThat("endpoint=" + device.peers().get(0).endpoint().orElseThrow()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"awg=1", "jc=4", "protocol_version=2", "update_only=true", "i1=<b 0xf6=>"})
    void fieldsThatAreNotKnownAreIgnored(String line) throws IOException {
        assertThat(decode(line + "\n" + peer(line)).device().peers()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "endpoint=example.com:51820",
                "endpoint=192.0.2.1",
                "endpoint=192.0.2.1:65536",
                "allowed_ip=10.0.0.0/33",
                "allowed_ip=",
                "persistent_keepalive_interval=65536",
                "persistent_keepalive_interval=off",
                "persistent_keepalive_interval=-1",
                "last_handshake_time_sec=99999999999999999",
                "last_handshake_time_nsec=1000000000",
                "rx_bytes=18446744073709551616",
                "rx_bytes=+1844674407370955161",
                "rx_bytes=",
                "tx_bytes=-1",
                "tx_bytes=1e3",
                "public_key=00",
                "public_key=" + Texts.BOB,
                "preshared_key=00",
                "listen_port=65536",
                "listen_port=0x1",
                "fwmark=4294967296",
                "own_public_key=00",
                "private_key=00",
            })
    void valuesThatCannotBeAreRefusedWithTheirLine(String line) {
        assertThatThrownBy(() -> decode(peer(line))).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"endpoint=192.0.2.1:1", "allowed_ip=10.0.0.0/8", "preshared_key=" + Texts.ZEROS, "rx_bytes=1"})
    void aPeersFieldBeforeAnyPeerIsRefused(String line) {
        assertThatThrownBy(() -> decode(line + "\nerrno=0\n\n"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("comes before any public_key");
    }

    @Test
    void aSecretThatDoesNotParseIsNotQuoted() {
        assertThatThrownBy(() -> decode("private_key=" + Texts.PRIVATE + "0\nerrno=0\n\n"))
                .hasMessageStartingWith("line 1, private_key: ")
                .hasMessageNotContaining(Texts.PRIVATE.substring(0, 8));
    }

    @Test
    void theOwnPublicKeyIsNotDerivedForWhomCanDoWithoutIt() throws IOException {
        Wanted peersOnly = new Wanted(false, false, null, null, null);

        Device device = decode(peersOnly, "private_key=" + Texts.PRIVATE + "\nlisten_port=1\nerrno=0\n\n")
                .device();

        assertThat(device.publicKey()).isEmpty();
        assertThat(device.listenPort()).isEqualTo(1);
    }

    private static String peer(String line) {
        return "public_key=" + Texts.BOB + "\n" + line + "\nerrno=0\n\n";
    }

    private static Snapshot decode(String answer) throws IOException {
        return decode(true, null, answer);
    }

    private static Snapshot decode(boolean keepSecrets, @Nullable Device previous, String... pieces)
            throws IOException {
        return decode(new Wanted(keepSecrets, true, previous, null, null), pieces);
    }

    private static Snapshot decode(Wanted wanted, String... pieces) throws IOException {
        try (DeviceDecoder decoder = new DeviceDecoder("wg0", new OwnKeys(), NOW, wanted);
                AnswerReader reader = new AnswerReader(decoder)) {
            for (String piece : pieces) {
                reader.feed(ByteBuffer.wrap(piece.getBytes(StandardCharsets.US_ASCII)));
            }
            assertThat(reader.isComplete()).isTrue();
            return decoder.snapshot();
        }
    }
}
