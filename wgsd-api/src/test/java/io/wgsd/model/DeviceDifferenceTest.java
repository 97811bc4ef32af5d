package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.DeviceDifference.ChangedPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader of the zone, or an agent, has to look at between two readings. */
class DeviceDifferenceTest {

    private static final Peer ALICE = peer(WgKeys.ALICE).build();
    private static final Peer BOB = peer(WgKeys.BOB).build();

    @Test
    void isEmptyBetweenEqualReadings() {
        DeviceDifference none = DeviceDifference.between(device(ALICE, BOB), device(BOB, ALICE));
        assertThat(none.isEmpty()).isTrue();
        assertThat(none).isEqualTo(new DeviceDifference(false, List.of(), List.of(), List.of()));
    }

    @Test
    void isEmptyWhereOnlyCountersAndHandshakesMoved() {
        Peer later = ALICE.withStatistics(PeerStatistics.of(Instant.ofEpochSecond(1), 2, 3));
        assertThat(DeviceDifference.between(device(ALICE), device(later)).isEmpty())
                .isTrue();
    }

    @Test
    void namesThePeersThatCame() {
        DeviceDifference difference = DeviceDifference.between(device(), device(BOB, ALICE));
        assertThat(difference.added()).containsExactly(ALICE, BOB);
        assertThat(difference.isEmpty()).isFalse();
    }

    @Test
    void namesThePeersThatWent() {
        DeviceDifference difference = DeviceDifference.between(device(BOB, ALICE), device());
        assertThat(difference.removed()).containsExactly(ALICE, BOB);
        assertThat(difference.isEmpty()).isFalse();
    }

    static Stream<Peer> aliceOtherwise() {
        return Stream.of(
                peer(WgKeys.ALICE).endpoint(Endpoint.parse("192.0.2.1:1")).build(),
                peer(WgKeys.ALICE).allowedIp(IpPrefix.parse("10.0.0.0/24")).build(),
                peer(WgKeys.ALICE).persistentKeepalive(Duration.ofSeconds(1)).build());
    }

    @ParameterizedTest
    @MethodSource("aliceOtherwise")
    void namesThePeersThatAreConfiguredOtherwise(Peer otherwise) {
        DeviceDifference difference = DeviceDifference.between(device(ALICE, BOB), device(otherwise, BOB));
        assertThat(difference)
                .isEqualTo(
                        new DeviceDifference(false, List.of(), List.of(), List.of(new ChangedPeer(ALICE, otherwise))));
        assertThat(difference.isEmpty()).isFalse();
    }

    static Stream<Device.Builder> otherSettings() {
        return Stream.of(
                Device.builder("wg1", DeviceKind.KERNEL),
                Device.builder("wg0", DeviceKind.USERSPACE),
                Device.builder("wg0", DeviceKind.KERNEL).publicKey(WgKeys.CAROL.publicKey()),
                Device.builder("wg0", DeviceKind.KERNEL).listenPort(1),
                Device.builder("wg0", DeviceKind.KERNEL).firewallMark(1));
    }

    @ParameterizedTest
    @MethodSource("otherSettings")
    void saysThatTheDevicesOwnSettingsChanged(Device.Builder other) {
        DeviceDifference difference = DeviceDifference.between(device(), other.build());
        assertThat(difference.settingsChanged()).isTrue();
        assertThat(difference.isEmpty()).isFalse();
    }

    @Test
    void ofManyPeersIsWhatALookUpOfEachWouldFind() {
        Random seeded = new Random(11);
        for (int round = 0; round < 200; round++) {
            List<Peer> pool = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                pool.add(Peer.builder(PublicKey.of(WgKeys.next(seeded))).build());
            }
            Device before = sampled(pool, seeded);
            Device after = sampled(pool, seeded);
            assertThat(DeviceDifference.between(before, after)).isEqualTo(byLookUp(before, after));
        }
    }

    @Test
    void doesNotChangeWithTheListsItCameFrom() {
        List<Peer> added = new ArrayList<>(List.of(ALICE));
        DeviceDifference difference = new DeviceDifference(false, added, List.of(), List.of());
        added.clear();
        assertThat(difference.added()).containsExactly(ALICE);
        assertThatThrownBy(() -> difference.added().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static DeviceDifference byLookUp(Device before, Device after) {
        Map<PublicKey, Peer> was = new TreeMap<>();
        Map<PublicKey, Peer> is = new TreeMap<>();
        before.peers().forEach(peer -> was.put(peer.publicKey(), peer));
        after.peers().forEach(peer -> is.put(peer.publicKey(), peer));
        return new DeviceDifference(
                false,
                is.values().stream()
                        .filter(peer -> !was.containsKey(peer.publicKey()))
                        .toList(),
                was.values().stream()
                        .filter(peer -> !is.containsKey(peer.publicKey()))
                        .toList(),
                was.values().stream()
                        .filter(peer -> is.containsKey(peer.publicKey()))
                        .map(peer -> new ChangedPeer(peer, is.get(peer.publicKey())))
                        .filter(both -> !both.previous()
                                .endpoint()
                                .equals(both.current().endpoint()))
                        .toList());
    }

    private static Device sampled(List<Peer> pool, Random seeded) {
        Device.Builder device = Device.builder("wg0", DeviceKind.KERNEL);
        for (Peer peer : pool) {
            switch (seeded.nextInt(3)) {
                case 0 -> device.peer(peer);
                case 1 ->
                    device.peer(Peer.builder(peer.publicKey())
                            .endpoint(Endpoint.of(IpAddress.parse("192.0.2.1"), 1 + seeded.nextInt(2)))
                            .build());
                default -> {}
            }
        }
        return device.build();
    }

    private static Peer.Builder peer(WgKeys wg) {
        return Peer.builder(wg.publicKey());
    }

    private static Device device(Peer... peers) {
        return Device.builder("wg0", DeviceKind.KERNEL).peers(List.of(peers)).build();
    }
}
