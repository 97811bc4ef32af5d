package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change says what is wanted; what is not named stays. */
class DeviceChangeTest {

    private static final PublicKey ALICE = WgKeys.ALICE.publicKey();
    private static final PublicKey BOB = WgKeys.BOB.publicKey();

    @Test
    void ofNothingIsEmpty() {
        DeviceChange change = DeviceChange.builder().build();
        assertThat(change.isEmpty()).isTrue();
        assertThat(change.privateKey()).isEmpty();
        assertThat(change.isClearPrivateKey()).isFalse();
        assertThat(change.listenPort()).isEmpty();
        assertThat(change.firewallMark()).isEmpty();
        assertThat(change.isReplacePeers()).isFalse();
        assertThat(change.peers()).isEmpty();
    }

    static Stream<DeviceChange> ofOneThingEach() {
        return Stream.of(
                DeviceChange.builder().privateKey(WgKeys.ALICE.privateKey()).build(),
                DeviceChange.builder().clearPrivateKey().build(),
                DeviceChange.builder().listenPort(0).build(),
                DeviceChange.builder().listenPort(1).build(),
                DeviceChange.builder().firewallMark(0).build(),
                DeviceChange.builder().firewallMark(1).build(),
                DeviceChange.builder().replacePeers().build(),
                DeviceChange.builder().peer(ALICE).build(),
                DeviceChange.builder().peer(BOB).build());
    }

    @Test
    void ofAnythingIsNotEmpty() {
        assertThat(ofOneThingEach()).noneMatch(DeviceChange::isEmpty);
    }

    @Test
    void differsByEachThing() {
        assertThat(ofOneThingEach())
                .doesNotHaveDuplicates()
                .doesNotContain(DeviceChange.builder().build());
    }

    @Test
    void equalsAnotherOfTheSameIntents() {
        assertThat(ofOneThingEach().toList())
                .isEqualTo(ofOneThingEach().toList())
                .hasSameHashCodeAs(ofOneThingEach().toList());
    }

    @Test
    void setsThePrivateKey() {
        try (SecretKey key = WgKeys.ALICE.privateKey()) {
            DeviceChange change = DeviceChange.builder().privateKey(key).build();
            assertThat(change.privateKey()).containsSame(key);
            assertThat(change.isClearPrivateKey()).isFalse();
        }
    }

    @Test
    void clearsThePrivateKey() {
        DeviceChange change = DeviceChange.builder().clearPrivateKey().build();
        assertThat(change.privateKey()).isEmpty();
        assertThat(change.isClearPrivateKey()).isTrue();
    }

    @Test
    void clearsThePrivateKeyByOneOfZeros() {
        assertThat(DeviceChange.builder()
                        .privateKey(SecretKey.copyOf(new byte[32]))
                        .build())
                .isEqualTo(DeviceChange.builder().clearPrivateKey().build());
    }

    @Test
    void doesWithThePrivateKeyWhatWasSaidLast() {
        SecretKey key = WgKeys.ALICE.privateKey();
        assertThat(DeviceChange.builder()
                        .privateKey(key)
                        .clearPrivateKey()
                        .build()
                        .isClearPrivateKey())
                .isTrue();
        assertThat(DeviceChange.builder()
                        .clearPrivateKey()
                        .privateKey(key)
                        .build()
                        .privateKey())
                .containsSame(key);
    }

    @Test
    void refusesAPrivateKeyThatIsClosed() {
        SecretKey key = WgKeys.ALICE.privateKey();
        key.close();
        assertThatThrownBy(() -> DeviceChange.builder().privateKey(key)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void doesNotCloseWhatItBorrowed() {
        SecretKey key = WgKeys.ALICE.privateKey();
        DeviceChange.builder().privateKey(key).build();
        assertThat(key.toBytes()).isEqualTo(WgKeys.ALICE.privateBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535})
    void setsTheListenPort(int port) {
        assertThat(DeviceChange.builder().listenPort(port).build().listenPort()).hasValue(port);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void refusesAListenPortThatUdpDoesNotHave(int port) {
        assertThatThrownBy(() -> DeviceChange.builder().listenPort(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("was " + port);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0xffff_ffffL})
    void setsTheFirewallMark(long mark) {
        assertThat(DeviceChange.builder().firewallMark(mark).build().firewallMark())
                .hasValue(mark);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L})
    void refusesAFirewallMarkBeyondThirtyTwoBits(long mark) {
        assertThatThrownBy(() -> DeviceChange.builder().firewallMark(mark))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("was " + mark);
    }

    @Test
    void replacesAllPeers() {
        assertThat(DeviceChange.builder().replacePeers().build().isReplacePeers())
                .isTrue();
    }

    @Test
    void keepsThePeersInTheOrderInWhichTheyWereNamed() {
        DeviceChange change = DeviceChange.builder()
                .peer(BOB)
                .peer(ALICE)
                .peer(WgKeys.CAROL.publicKey())
                .build();
        assertThat(change.peers())
                .extracting(PeerChange::publicKey)
                .containsExactly(BOB, ALICE, WgKeys.CAROL.publicKey());
    }

    @Test
    void mayNameAPeerTwice() {
        DeviceChange change = DeviceChange.builder()
                .peer(ALICE)
                .remove()
                .peer(ALICE)
                .endpoint(Endpoint.parse("192.0.2.1:1"))
                .build();
        assertThat(change.peers()).extracting(PeerChange::isRemove).containsExactly(true, false);
    }

    @Test
    void differsByTheOrderOfItsPeers() {
        assertThat(DeviceChange.builder().peer(ALICE).peer(BOB).build())
                .isNotEqualTo(DeviceChange.builder().peer(BOB).peer(ALICE).build());
    }

    @Test
    void refusesToRestartAPeerOfThoseThatAreDropped() {
        PeerChange.Builder change =
                DeviceChange.builder().replacePeers().peer(ALICE).restart();
        assertThatThrownBy(change::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a peer is restarted though all peers are dropped first; leave out one of the two");
    }

    @Test
    void doesNotChangeWithItsBuilders() {
        DeviceChange.Builder builder = DeviceChange.builder();
        PeerChange.Builder alice = builder.peer(ALICE);
        DeviceChange change = alice.build();
        builder.listenPort(1).replacePeers();
        alice.endpoint(Endpoint.parse("192.0.2.1:1"))
                .addAllowedIp(IpPrefix.parse("10.0.0.0/8"))
                .peer(BOB);
        assertThat(change).isEqualTo(DeviceChange.builder().peer(ALICE).build());
    }

    @Test
    void isBuiltAgainWithWhatWasAddedToItsBuilder() {
        DeviceChange.Builder builder = DeviceChange.builder().listenPort(1);
        builder.build();
        assertThat(builder.firewallMark(2).build())
                .isEqualTo(DeviceChange.builder().listenPort(1).firewallMark(2).build());
    }

    @Test
    void keepsItsPeersToItself() {
        DeviceChange change = DeviceChange.builder().peer(ALICE).build();
        assertThatThrownBy(() -> change.peers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void printsItsIntentsInTheOrderInWhichTheyAreCarriedOut() {
        try (SecretKey key = WgKeys.ALICE.privateKey()) {
            DeviceChange change = DeviceChange.builder()
                    .privateKey(key)
                    .replacePeers()
                    .listenPort(51820)
                    .firewallMark(7)
                    .peer(ALICE)
                    .build();
            assertThat(change)
                    .hasToString("DeviceChange[fwmark 7, listen-port 51820, replace-peers, private-key redacted, peer "
                            + WgKeys.ALICE.publicBase64() + "]");
        }
    }

    @Test
    void printsThatThePrivateKeyIsCleared() {
        assertThat(DeviceChange.builder().clearPrivateKey().build()).hasToString("DeviceChange[private-key none]");
    }
}
