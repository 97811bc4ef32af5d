package io.wgsd.backend.netlink.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.backend.netlink.Tlv;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChangeWriterTest {

    private static final PublicKey ALICE = PublicKey.parse("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=");
    private static final PublicKey BOB = PublicKey.parse("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=");

    /**
     * What {@code wg} 1.0.20210914 sends for {@code wg set wg2 listen-port 51821 peer … endpoint [fe80::1%lo]:51820
     * allowed-ips 10.0.0.1/32,fd00::1/128 persistent-keepalive 25 preshared-key …}, after the two headers.
     */
    private static final String WG_SET = "0800020077673200060006006dca0000c8000880c400008024000100c53201039adba14b"
            + "e71f886da1d8dbe9eebded08cb111b75340078999aa9f03824000200112233445566778899aabbccddeeff00112233445566778899aa"
            + "bbccddeeff00200004000a00ca6c00000000fe8000000000000000000000000000010100000006000500190000000800030002000000"
            + "480009801c0000800600010002000000080002000a000001050003002000000028000080060001000a00000014000200fd0000000000"
            + "000000000000000000010500030080000000";

    private final List<byte[]> sent = new ArrayList<>();

    @Test
    void aChangeIsWrittenAsWgWritesIt() throws Exception {
        try (SecretKey presharedKey = SecretKey.parseBase64(
                "ESIzRFVmd4iZqrvM3e7/ABEiM0RVZneImaq7zN3u/wA=".getBytes(StandardCharsets.US_ASCII))) {
            DeviceChange change = DeviceChange.builder()
                    .listenPort(51821)
                    .peer(ALICE)
                    .endpoint(Endpoint.parse("[fe80::1%lo]:51820"))
                    .replaceAllowedIps()
                    .addAllowedIp(IpPrefix.parse("10.0.0.1/32"))
                    .addAllowedIp(IpPrefix.parse("fd00::1/128"))
                    .persistentKeepalive(Duration.ofSeconds(25))
                    .presharedKey(presharedKey)
                    .build();
            write("wg2", 65536, change);
        }

        assertThat(sent).hasSize(1);
        assertSame(attributes(sent.get(0)), Tlv.read(HexFormat.of().parseHex(WG_SET)));
    }

    @Test
    void aMessageIsARequestForAnAnswer() throws Exception {
        write("wg0", 65536, DeviceChange.builder().firewallMark(7).build());

        ByteBuffer message = ByteBuffer.wrap(sent.get(0)).order(ByteOrder.nativeOrder());
        assertThat(message.getInt(0)).as("length").isEqualTo(message.limit());
        assertThat(message.getShort(4)).as("family").isEqualTo((short) 20);
        assertThat(message.getShort(6)).as("REQUEST and ACK").isEqualTo((short) 5);
        assertThat(message.get(16)).as("SET_DEVICE").isEqualTo((byte) 1);
    }

    @Test
    void settingsThatAreNotNamedAreNotWritten() throws Exception {
        write("wg0", 65536, DeviceChange.builder().peer(ALICE).updateOnly().build());

        Tlv peer = peers(sent.get(0)).get(0);
        assertThat(peer.children()).extracting(Tlv::type).containsExactly(1, 3);
    }

    @Test
    void clearedSettingsAreWrittenAsZeros() throws Exception {
        write(
                "wg0",
                65536,
                DeviceChange.builder()
                        .clearPrivateKey()
                        .peer(ALICE)
                        .clearPresharedKey()
                        .build());

        assertThat(attributes(sent.get(0))).filteredOn(each -> each.type() == 3).allMatch(ChangeWriterTest::isZero);
        assertThat(peers(sent.get(0)).get(0).children())
                .filteredOn(each -> each.type() == 2)
                .hasSize(1)
                .allMatch(ChangeWriterTest::isZero);
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 513, 600, 1000, 4096, 16384, 65535, 65536})
    void howeverItIsSplitItIsTheSameChange(int size) throws Exception {
        DeviceChange change = large();
        write("wg0", size, change);

        assertThat(sent).allMatch(message -> message.length <= size);
        assertThat(sent.stream().flatMap(message -> prefixes(message, ALICE)).toList())
                .isEqualTo(change.peers().get(0).addedAllowedIps());
        assertThat(sent.stream().flatMap(message -> prefixes(message, BOB)).toList())
                .isEqualTo(change.peers().get(1).addedAllowedIps());
    }

    @Test
    void onlyTheFirstMessageHasTheSettings() throws Exception {
        write("wg0", 4096, large());

        assertThat(sent).hasSizeGreaterThan(10);
        assertThat(attributes(sent.get(0))).extracting(Tlv::type).containsExactly(2, 5, 7, 6, 8);
        assertThat(sent.subList(1, sent.size()))
                .allSatisfy(message ->
                        assertThat(attributes(message)).extracting(Tlv::type).containsExactly(2, 8));
    }

    @Test
    void eachFragmentOfAnUpdateIsAnUpdateButOnlyTheFirstReplaces() throws Exception {
        write("wg0", 4096, large());

        List<Long> flags = sent.stream()
                .flatMap(message -> peers(message).stream())
                .filter(peer -> Arrays.equals(peer.children().get(0).value(), ALICE.toBytes()))
                .map(peer -> peer.children().get(1).number())
                .toList();
        assertThat(flags).hasSizeGreaterThan(10).startsWith(6L);
        assertThat(flags.subList(1, flags.size())).containsOnly(4L);
    }

    @Test
    void smallPeersFillMessagesToTheEnd() throws Exception {
        DeviceChange.Builder change = DeviceChange.builder();
        for (int i = 0; i < 1000; i++) {
            change.peer(key(i)).addAllowedIp(IpPrefix.parse("10.0." + i / 250 + "." + i % 250));
        }
        write("wg0", 65536, change.build());

        // Each takes 4 + 36 + 4 + 28 bytes, so two messages could hold 1,800.
        assertThat(sent).hasSize(2);
    }

    @Test
    void settingsThatBelongTogetherAreInOneMessage() throws Exception {
        ChangeWriter writer = writer("wg0", 4096);
        for (int i = 0; i < 50; i++) {
            writer.write(PeerPart.addition(key(i), List.of(IpPrefix.parse("10.0.0." + i))));
            List<PeerPart> pair =
                    List.of(PeerPart.removal(ALICE), PeerPart.addition(ALICE, prefixes(50)), PeerPart.removal(BOB));
            assertThat(writer.fitsOne(pair)).isTrue();
            writer.writeTogether(pair);
        }
        writer.flush();

        assertThat(sent).allSatisfy(message -> {
            List<Tlv> peers = peers(message);
            long removals = peers.stream()
                    .filter(peer -> peer.children().get(1).type() == 3
                            && peer.children().get(1).number() == 1)
                    .count();
            assertThat(removals % 2).as("removals of ALICE and BOB go together").isZero();
        });
    }

    @Test
    void aChangeTooLargeForOneMessageIsRecognised() {
        ChangeWriter writer = writer("wg0", 65536);

        assertThat(writer.fitsOne(List.of(PeerPart.addition(ALICE, prefixes(2300)))))
                .isTrue();
        assertThat(writer.fitsOne(List.of(PeerPart.addition(ALICE, prefixes(2400)))))
                .isFalse();
    }

    @Test
    void nothingIsSentForNothing() throws Exception {
        writer("wg0", 512).flush();

        assertThat(sent).isEmpty();
    }

    private static DeviceChange large() {
        return DeviceChange.builder()
                .listenPort(51820)
                .firewallMark(3)
                .replacePeers()
                .peer(ALICE)
                .updateOnly()
                .replaceAllowedIps()
                .endpoint(Endpoint.parse("192.0.2.1:7"))
                .addAllowedIps(prefixes(3000))
                .peer(BOB)
                .addAllowedIps(List.of(IpPrefix.parse("fd00::/8"), IpPrefix.parse("10.99.0.0/16")))
                .build();
    }

    private static List<IpPrefix> prefixes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> IpPrefix.parse("10.1." + i / 250 + "." + i % 250))
                .toList();
    }

    private static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(28, number).array());
    }

    private void write(String device, int size, DeviceChange change) throws IOException {
        ChangeWriter writer = writer(device, size);
        writer.settings(change);
        for (PeerChange step : change.peers()) {
            writer.write(PeerPart.of(step, true));
        }
        writer.flush();
    }

    private ChangeWriter writer(String device, int size) {
        return new ChangeWriter(
                ByteBuffer.allocate(size).order(ByteOrder.nativeOrder()),
                20,
                device,
                () -> 1,
                endpoint -> endpoint.scope().isPresent() ? 1 : 0,
                message -> sent.add(Arrays.copyOf(message.array(), message.limit())));
    }

    private static List<Tlv> attributes(byte[] message) {
        return Tlv.read(Arrays.copyOfRange(message, 20, message.length));
    }

    private static List<Tlv> peers(byte[] message) {
        return attributes(message).stream()
                .filter(each -> each.type() == 8)
                .flatMap(each -> each.children().stream())
                .toList();
    }

    private static Stream<IpPrefix> prefixes(byte[] message, PublicKey owner) {
        return peers(message).stream()
                .map(Tlv::children)
                .filter(peer -> Arrays.equals(peer.get(0).value(), owner.toBytes()))
                .flatMap(List::stream)
                .filter(each -> each.type() == 9)
                .flatMap(list -> list.children().stream())
                .map(ChangeWriterTest::prefix);
    }

    private static IpPrefix prefix(Tlv allowedIp) {
        List<Tlv> parts = allowedIp.children();
        return new IpPrefix(
                IpAddress.of(parts.get(1).value()), (int) parts.get(2).number());
    }

    private static boolean isZero(Tlv attribute) {
        return Arrays.equals(attribute.exactly(32), new byte[32]);
    }

    /** The kernel does not look at the order of attributes, except in lists. */
    private static void assertSame(List<Tlv> actual, List<Tlv> expected) {
        assertThat(actual)
                .extracting(Tlv::type)
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(Tlv::type).toList());
        for (Tlv each : expected) {
            Tlv same = actual.stream()
                    .filter(other -> other.type() == each.type())
                    .findFirst()
                    .orElseThrow();
            assertThat(same.nested()).as("attribute %d", each.type()).isEqualTo(each.nested());
            if (!each.nested()) {
                assertThat(same.value()).as("attribute %d", each.type()).isEqualTo(each.value());
            } else {
                assertSameList(same.children(), each.children());
            }
        }
    }

    private static void assertSameList(List<Tlv> actual, List<Tlv> expected) {
        if (expected.stream().allMatch(each -> each.type() == 0)) {
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertSame(actual.get(i).children(), expected.get(i).children());
            }
        } else {
            assertSame(actual, expected);
        }
    }
}
