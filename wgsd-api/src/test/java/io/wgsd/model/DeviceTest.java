package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device as it was read: its settings, and its peers in the order of their keys. */
class DeviceTest {

    private static final Peer ALICE = Peer.builder(WgKeys.ALICE.publicKey()).build();
    private static final Peer BOB = Peer.builder(WgKeys.BOB.publicKey()).build();

    @Test
    void beginsWithItsNameAndKindAlone() {
        Device device = Device.builder("wg0", DeviceKind.KERNEL).build();
        assertThat(device.name()).isEqualTo("wg0");
        assertThat(device.kind()).isEqualTo(DeviceKind.KERNEL);
        assertThat(device.publicKey()).isEmpty();
        assertThat(device.listenPort()).isZero();
        assertThat(device.firewallMark()).isZero();
        assertThat(device.peers()).isEmpty();
    }

    @Test
    void hasWhatItWasGiven() {
        Device device = whole().build();
        assertThat(device.publicKey()).hasValue(WgKeys.CAROL.publicKey());
        assertThat(device.listenPort()).isEqualTo(51820);
        assertThat(device.firewallMark()).isEqualTo(0xffff_ffffL);
        assertThat(device.peers()).containsExactly(ALICE, BOB);
    }

    @Test
    void hasItsPeersInTheOrderOfTheirKeys() {
        Device device = Device.builder("wg0", DeviceKind.KERNEL)
                .peers(peers(new Random(1), 100))
                .build();
        assertThat(device.peers()).hasSize(100).isSortedAccordingTo(Comparator.comparing(Peer::publicKey));
    }

    @Test
    void findsEachPeerByItsKey() {
        List<Peer> peers = peers(new Random(2), 257);
        Device device = Device.builder("wg0", DeviceKind.KERNEL).peers(peers).build();
        assertThat(peers)
                .allSatisfy(peer -> assertThat(device.peer(peer.publicKey())).containsSame(peer));
    }

    @Test
    void findsNoPeerByAnyOtherKey() {
        Device device = Device.builder("wg0", DeviceKind.KERNEL)
                .peers(peers(new Random(2), 257))
                .build();
        assertThat(peers(new Random(3), 257))
                .allSatisfy(peer -> assertThat(device.peer(peer.publicKey())).isEmpty());
    }

    @Test
    void isTheSameInAnyOrderOfItsPeers() {
        List<Peer> peers = peers(new Random(4), 20);
        Device device = Device.builder("wg0", DeviceKind.KERNEL).peers(peers).build();
        Collections.reverse(peers);
        assertThat(Device.builder("wg0", DeviceKind.KERNEL).peers(peers).build())
                .isEqualTo(device)
                .hasSameHashCodeAs(device);
    }

    @Test
    void sharesAnEqualPeerOfAnEarlierReading() {
        Device earlier = whole().build();
        Device read = whole().peer(carol(1)).sharing(earlier).build();
        assertThat(read.peers()).containsExactlyInAnyOrder(ALICE, BOB, carol(1));
        assertThat(read.peer(WgKeys.ALICE.publicKey())).containsSame(ALICE);
    }

    @Test
    void sharesTheConfigurationOfAPeerWhoseStatisticsAreOthers() {
        Peer before = carol(1);
        Peer now = carol(2);
        Device earlier = whole().peer(before).build();
        assertThat(whole().peer(now).sharing(earlier).build().peer(now.publicKey()))
                .hasValueSatisfying(peer -> {
                    assertThat(peer).isEqualTo(now);
                    assertThat(peer.allowedIps()).isSameAs(before.allowedIps());
                });
    }

    @Test
    void sharesNothingOfAPeerThatIsConfiguredOtherwise() {
        Peer roamed = Peer.builder(WgKeys.ALICE.publicKey())
                .endpoint(Endpoint.parse("192.0.2.1:1"))
                .build();
        Device earlier = whole().build();
        Device read = Device.builder("wg0", DeviceKind.KERNEL)
                .peer(roamed)
                .peer(BOB)
                .sharing(earlier)
                .build();
        assertThat(read.peer(roamed.publicKey())).containsSame(roamed);
        assertThat(read.peer(BOB.publicKey())).containsSame(BOB);
    }

    @Test
    void sharesAllPeersWhereNoneHasChanged() {
        Device earlier = whole().peer(carol(1)).build();
        assertThat(whole().peer(carol(1)).sharing(earlier).build().peers()).isSameAs(earlier.peers());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void isEqualWithAndWithoutSharingAfterAnyChanges(int seed) {
        Random random = new Random(seed);
        List<Peer> all = peers(random, 12);
        List<Peer> before = all.stream().filter(peer -> random.nextBoolean()).toList();
        List<Peer> now = all.stream().filter(peer -> random.nextBoolean()).toList();
        Device earlier = Device.builder("wg0", DeviceKind.KERNEL).peers(before).build();
        Device read = Device.builder("wg0", DeviceKind.KERNEL).peers(now).build();
        assertThat(Device.builder("wg0", DeviceKind.KERNEL)
                        .peers(now)
                        .sharing(earlier)
                        .build())
                .isEqualTo(read);
    }

    @Test
    void hasNoKeyTwice() {
        Device.Builder builder = whole().peer(Peer.builder(WgKeys.ALICE.publicKey())
                .endpoint(Endpoint.parse("192.0.2.1:1"))
                .build());
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two peers have the public key " + WgKeys.ALICE.publicBase64());
    }

    @Test
    void keepsItsPeersToItself() {
        assertThatThrownBy(() -> whole().build().peers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void doesNotChangeWithItsBuilder() {
        Device.Builder builder = whole();
        Device device = builder.build();
        builder.listenPort(1).peer(Peer.builder(WgKeys.CAROL.publicKey()).build());
        assertThat(device).isEqualTo(whole().build());
    }

    @Test
    void differsInEachPart() {
        assertThat(Stream.of(
                        whole().build(),
                        whole().publicKey(WgKeys.BOB.publicKey()).build(),
                        whole().listenPort(0).build(),
                        whole().firewallMark(0).build(),
                        whole().peer(Peer.builder(WgKeys.CAROL.publicKey()).build())
                                .build(),
                        Device.builder("wg0", DeviceKind.KERNEL).build(),
                        Device.builder("wg1", DeviceKind.KERNEL).build(),
                        Device.builder("wg0", DeviceKind.USERSPACE).build()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536, Integer.MIN_VALUE})
    void refusesAPortThatUdpDoesNotHave(int port) {
        assertThatThrownBy(() -> whole().listenPort(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("listen port must be 0 (any) to 65535, was " + port);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L, Long.MIN_VALUE})
    void refusesAMarkBeyondThirtyTwoBits(long mark) {
        assertThatThrownBy(() -> whole().firewallMark(mark))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("firewall mark must be 0 (off) to 4294967295, was " + mark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wg0", "w", "wg-home.lan_1@x", "123456789012345", "...", "0"})
    void hasANameThatAnInterfaceCanHave(String name) {
        assertThat(Device.builder(name, DeviceKind.KERNEL).build().name()).isEqualTo(name);
        assertThat(Device.checkName(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "-wg0",
                "--",
                "1234567890123456",
                "a b",
                "a/b",
                "../x",
                "a:b",
                "a%b",
                "a[b",
                "a]b",
                "a\\b",
                "a\"b",
                "a'b",
                "é",
                "wg０"
            })
    void refusesANameThatIsUnsafeInAPathOrOnACommandLine(String name) {
        assertThatThrownBy(() -> Device.builder(name, DeviceKind.KERNEL))
                .isInstanceOf(FormatException.class)
                .hasMessage("device name \"" + name + "\": must be 1..15 printable ASCII characters without blanks,"
                        + " quotes or any of / : % [ ] \\, must not begin with \"-\", and must be neither \".\" nor"
                        + " \"..\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 31, 127, 160})
    void refusesANameThatDoesNotPrint(int character) {
        assertThatThrownBy(() -> Device.checkName("wg" + (char) character)).isInstanceOf(FormatException.class);
    }

    @Test
    void printsItsSettingsAndHowManyPeersItHas() {
        assertThat(whole().build())
                .hasToString("Device[wg0, KERNEL, publicKey=" + WgKeys.CAROL.publicBase64()
                        + ", listenPort=51820, firewallMark=4294967295, 2 peers]");
    }

    @Test
    void printsThatItHasNoKey() {
        assertThat(Device.builder("wg0", DeviceKind.USERSPACE).build())
                .hasToString("Device[wg0, USERSPACE, publicKey=none, listenPort=0, firewallMark=0, 0 peers]");
    }

    private static Peer carol(long rxBytes) {
        return Peer.builder(WgKeys.CAROL.publicKey())
                .allowedIp(IpPrefix.parse("10.0.0.3"))
                .statistics(PeerStatistics.of(null, rxBytes, 0))
                .build();
    }

    private static Device.Builder whole() {
        return Device.builder("wg0", DeviceKind.KERNEL)
                .publicKey(WgKeys.CAROL.publicKey())
                .listenPort(51820)
                .firewallMark(0xffff_ffffL)
                .peer(BOB)
                .peer(ALICE);
    }

    private static List<Peer> peers(Random seeded, int count) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(Peer.builder(PublicKey.of(WgKeys.next(seeded))).build());
        }
        return peers;
    }
}
