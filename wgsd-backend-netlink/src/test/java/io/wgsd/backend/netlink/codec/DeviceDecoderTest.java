package io.wgsd.backend.netlink.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.backend.netlink.Tlv;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeviceDecoderTest {

    private static final PublicKey ALICE = PublicKey.parse("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=");
    private static final PublicKey BOB = PublicKey.parse("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=");
    private static final PublicKey CAROL = PublicKey.parse("gN65BkIKy1eCE9pP1wdc8ROUtkHLF2PfAqYdyYBz6EA=");

    @Test
    void theKernelsMessagesAreTheDevice() throws Exception {
        assertThat(read("device", false, null).device())
                .isEqualTo(Device.builder("wg0", DeviceKind.KERNEL)
                        .publicKey(PublicKey.parse("HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw="))
                        .listenPort(51820)
                        .firewallMark(0x2a)
                        .peer(Peer.builder(ALICE)
                                .endpoint(Endpoint.parse("[fe80::1%1]:51820"))
                                .allowedIp(IpPrefix.parse("10.0.0.1/32"))
                                .allowedIp(IpPrefix.parse("fd00::1/128"))
                                .persistentKeepalive(Duration.ofSeconds(25))
                                .build())
                        .peer(Peer.builder(BOB)
                                .endpoint(Endpoint.parse("203.0.113.7:41424"))
                                .allowedIp(IpPrefix.parse("0.0.0.0/0"))
                                .allowedIp(IpPrefix.parse("::/0"))
                                .build())
                        .peer(Peer.builder(CAROL).build())
                        .build());
    }

    @Test
    void aPeerThatContinuesInTheNextMessageIsOnePeer() throws Exception {
        assertThat(Recordings.of("device-continued")).hasSize(2);

        assertThat(read("device-continued", false, null).device().peers())
                .containsExactly(
                        Peer.builder(BOB)
                                .allowedIp(IpPrefix.parse("10.9.0.0/16"))
                                .build(),
                        Peer.builder(ALICE)
                                .endpoint(Endpoint.parse("203.0.113.7:1"))
                                .persistentKeepalive(Duration.ofSeconds(5))
                                .allowedIps(IntStream.rangeClosed(1, 600)
                                        .mapToObj(i -> IpPrefix.parse("10.1." + i / 250 + "." + i % 250))
                                        .toList())
                                .build());
    }

    @Test
    void aDeviceWithoutPeersHasNone() throws Exception {
        Device device = read("device-empty", false, null).device();

        assertThat(device.peers()).isEmpty();
        assertThat(device.publicKey()).isEmpty();
    }

    @Test
    void withoutBeingAskedForSecretsItKeepsNone() throws Exception {
        try (Snapshot read = read("device", false, null)) {
            assertThat(read.secrets().privateKey()).isEmpty();
            assertThat(read.secrets().presharedKey(ALICE)).isEmpty();
        }
    }

    @Test
    void secretsAreKeptForCallersThatAskForThem() throws Exception {
        try (Snapshot read = read("device", true, null);
                SecretKey own = secret("yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=");
                SecretKey alices = secret("ESIzRFVmd4iZqrvM3e7/ABEiM0RVZneImaq7zN3u/wA=")) {
            assertThat(read.secrets().privateKey()).contains(own);
            assertThat(read.secrets().presharedKey(ALICE)).contains(alices);
            // The kernel sends zeros.
            assertThat(read.secrets().presharedKey(BOB)).isEmpty();
        }
    }

    @Test
    void secretsThatWereNotHandedOutAreWiped() throws Exception {
        DeviceDecoder decoder = new DeviceDecoder("wg0", true, null);
        feed(decoder, Recordings.of("device"));
        decoder.close();

        // Wiped is not gone: a second close finds them closed, and nothing is left to hand out but closed keys.
        SecretKey wiped = decoder.snapshot().secrets().privateKey().orElseThrow();
        assertThatThrownBy(wiped::toBytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void unchangedPeersAreSharedWithTheReadingBefore() throws Exception {
        Device before = read("device", false, null).device();
        Device after = read("device", false, before).device();

        assertThat(after).isEqualTo(before);
        assertThat(after.peer(ALICE).orElseThrow()).isSameAs(before.peer(ALICE).orElseThrow());
    }

    @Test
    void attributesOfKernelsToComeAreIgnored() throws Exception {
        Device device = decode(List.of(
                Tlv.u64(777, 1),
                Tlv.nest(
                        8,
                        List.of(Tlv.nest(
                                0,
                                List.of(
                                        Tlv.of(1, ALICE.toBytes()),
                                        Tlv.string(99, "news"),
                                        Tlv.nest(
                                                9,
                                                List.of(Tlv.nest(
                                                        0,
                                                        List.of(
                                                                Tlv.u16(1, 2),
                                                                Tlv.of(2, new byte[] {10, 0, 0, 1}),
                                                                Tlv.u8(3, 32),
                                                                Tlv.u32(4, 0),
                                                                Tlv.u32(17, 0)))))))))));

        assertThat(device.peers())
                .containsExactly(Peer.builder(ALICE)
                        .allowedIp(IpPrefix.parse("10.0.0.1"))
                        .build());
    }

    @Test
    void handshakesAndCountersAreRead() throws Exception {
        Device device = decode(peer(
                Tlv.of(1, ALICE.toBytes()),
                Tlv.of(6, time(1_795_693_562, 123_456_789)),
                Tlv.u64(7, -1),
                Tlv.of(0, new byte[0]),
                Tlv.u64(8, 5)));

        assertThat(device.peer(ALICE).orElseThrow().statistics())
                .isEqualTo(PeerStatistics.of(Instant.ofEpochSecond(1_795_693_562, 123_456_789), -1, 5));
    }

    @Test
    void anEndpointWithPort0IsNone() throws Exception {
        byte[] anywhere = {2, 0, 0, 0, (byte) 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0};

        Device device = decode(peer(Tlv.of(1, ALICE.toBytes()), Tlv.of(4, anywhere)));

        assertThat(device.peer(ALICE).orElseThrow().endpoint()).isEmpty();
    }

    @Test
    void aKernelThatRepeatsItselfEndlesslyIsStopped() throws Exception {
        List<ByteBuffer> datagrams = Recordings.of("device-continued");
        DeviceDecoder decoder = new DeviceDecoder("wg0", false, null);
        feed(decoder, datagrams);

        assertThatThrownBy(() ->
                        feed(decoder, List.of(Recordings.of("device-continued").get(1))))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void twoPeersWithOneKeyAreRefused() {
        Tlv alice = Tlv.nest(0, List.of(Tlv.of(1, ALICE.toBytes())));
        Tlv bob = Tlv.nest(0, List.of(Tlv.of(1, BOB.toBytes())));

        assertThatThrownBy(() -> decode(List.of(Tlv.nest(8, List.of(alice, bob, alice)))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(ALICE.toBase64());
    }

    @Test
    void anAttributeThatBelongsToNoPeerIsRefused() {
        assertRefused(peer(Tlv.u16(5, 25)), "comes before its key");
    }

    @Test
    void valuesThatCannotBeAreRefused() {
        assertRefused(List.of(Tlv.u32(6, 51820)), "attribute 6 has 4 bytes where 2 are expected");
        assertRefused(peer(Tlv.of(1, new byte[31])), "31 bytes");
        assertRefused(peer(Tlv.of(1, ALICE.toBytes()), Tlv.of(6, time(1, 1_000_000_000))), "1000000000 ns");
        assertRefused(peer(Tlv.of(1, ALICE.toBytes()), Tlv.of(6, time(Long.MAX_VALUE, 1))), "9223372036854775807 s");
        assertRefused(peer(Tlv.of(1, ALICE.toBytes()), Tlv.of(6, new byte[8])), "a time has 8 bytes");
        assertRefused(peer(Tlv.of(1, ALICE.toBytes()), Tlv.of(4, new byte[] {2, 0, 1, 1})), "an endpoint has 4 bytes");
        assertRefused(peer(Tlv.of(1, ALICE.toBytes()), Tlv.of(4, new byte[] {9, 9})), "family 2313");
        assertRefused(peer(Tlv.of(1, ALICE.toBytes()), Tlv.of(4, new byte[] {})), "without a family");
        assertRefused(allowedIp(Tlv.u16(1, 2), Tlv.of(2, new byte[16]), Tlv.u8(3, 32)), "family 2");
        assertRefused(allowedIp(Tlv.u16(1, 2), Tlv.of(2, new byte[4]), Tlv.u8(3, 33)), "length 33");
        assertRefused(allowedIp(Tlv.u16(1, 10), Tlv.of(2, new byte[4]), Tlv.u8(3, 32)), "family 10");
        assertRefused(allowedIp(Tlv.u16(1, 2), Tlv.u8(3, 32)), "address null");
    }

    @Test
    void damagedMessagesAreReadOrRefused() {
        byte[] whole = Recordings.bytes("device");
        for (int at = 0; at < whole.length; at++) {
            for (byte other : new byte[] {0, 1, (byte) 0x80, -1}) {
                byte[] turned = whole.clone();
                turned[at] = other;
                readOrRefuse(turned);
            }
            byte[] cut = new byte[at];
            System.arraycopy(whole, 0, cut, 0, at);
            readOrRefuse(cut);
        }
    }

    private static void readOrRefuse(byte[] datagram) {
        try (DeviceDecoder decoder = new DeviceDecoder("wg0", true, null)) {
            feed(decoder, List.of(ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN)));
            decoder.snapshot().close();
        } catch (ProtocolException e) {
            assertThat(e).hasMessageMatching(".+");
        }
    }

    private static void assertRefused(List<Tlv> message, String why) {
        assertThatThrownBy(() -> decode(message))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(why);
    }

    private static List<Tlv> peer(Tlv... attributes) {
        return List.of(Tlv.nest(8, List.of(Tlv.nest(0, List.of(attributes)))));
    }

    private static List<Tlv> allowedIp(Tlv... attributes) {
        return peer(Tlv.of(1, ALICE.toBytes()), Tlv.nest(9, List.of(Tlv.nest(0, List.of(attributes)))));
    }

    private static byte[] time(long seconds, long nanos) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putLong(seconds)
                .putLong(nanos)
                .array();
    }

    private static Device decode(List<Tlv> attributes) throws ProtocolException {
        byte[] bytes = Tlv.write(attributes);
        ByteBuffer payload = ByteBuffer.allocate(4 + bytes.length).order(ByteOrder.nativeOrder());
        payload.position(4);
        payload.put(bytes).flip();
        try (DeviceDecoder decoder = new DeviceDecoder("wg0", true, null)) {
            decoder.message(payload);
            return decoder.snapshot().device();
        }
    }

    private static Snapshot read(String recording, boolean keepSecrets, @Nullable Device previous)
            throws ProtocolException {
        DeviceDecoder decoder = new DeviceDecoder("wg0", keepSecrets, previous);
        feed(decoder, Recordings.of(recording));
        return decoder.snapshot();
    }

    private static void feed(DeviceDecoder decoder, List<ByteBuffer> datagrams) throws ProtocolException {
        for (ByteBuffer datagram : new ArrayList<>(datagrams)) {
            Messages messages = new Messages(datagram);
            while (messages.next()) {
                if (!messages.isEnd()) {
                    decoder.message(messages.payload());
                }
            }
        }
    }

    private static SecretKey secret(String base64) {
        return SecretKey.parseBase64(base64.getBytes(StandardCharsets.US_ASCII));
    }
}
