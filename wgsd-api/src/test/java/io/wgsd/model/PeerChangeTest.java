package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change does to one peer, intent by intent. */
class PeerChangeTest {

    private static final PublicKey ALICE = WgKeys.ALICE.publicKey();
    private static final Endpoint ENDPOINT = Endpoint.parse("192.0.2.1:51820");
    private static final IpPrefix TEN = IpPrefix.parse("10.0.0.0/8");
    private static final IpPrefix FD = IpPrefix.parse("fd00::/64");

    @Test
    void withoutAnIntentAddsThePeerWhereItIsMissing() {
        PeerChange change = built(UnaryOperator.identity());
        assertThat(change.publicKey()).isEqualTo(ALICE);
        assertThat(change.isRemove()).isFalse();
        assertThat(change.isUpdateOnly()).isFalse();
        assertThat(change.isRestart()).isFalse();
        assertThat(change.presharedKey()).isEmpty();
        assertThat(change.isClearPresharedKey()).isFalse();
        assertThat(change.endpoint()).isEmpty();
        assertThat(change.isReplaceAllowedIps()).isFalse();
        assertThat(change.addedAllowedIps()).isEmpty();
        assertThat(change.removedAllowedIps()).isEmpty();
        assertThat(change.persistentKeepalive()).isEmpty();
    }

    @Test
    void removesThePeer() {
        assertThat(built(PeerChange.Builder::remove).isRemove()).isTrue();
    }

    @Test
    void changesOnlyAPeerThatExists() {
        assertThat(built(PeerChange.Builder::updateOnly).isUpdateOnly()).isTrue();
    }

    @Test
    void mayRemoveOnlyAPeerThatExists() {
        assertThat(built(peer -> peer.updateOnly().remove()).isRemove()).isTrue();
    }

    @Test
    void restartsOnlyAPeerThatExists() {
        PeerChange change = built(PeerChange.Builder::restart);
        assertThat(change.isRestart()).isTrue();
        assertThat(change.isUpdateOnly()).isTrue();
    }

    @Test
    void setsThePresharedKey() {
        try (SecretKey key = SecretKey.generatePreshared()) {
            PeerChange change = built(peer -> peer.presharedKey(key));
            assertThat(change.presharedKey()).containsSame(key);
            assertThat(change.isClearPresharedKey()).isFalse();
        }
    }

    @Test
    void clearsThePresharedKey() {
        PeerChange change = built(PeerChange.Builder::clearPresharedKey);
        assertThat(change.presharedKey()).isEmpty();
        assertThat(change.isClearPresharedKey()).isTrue();
    }

    @Test
    void clearsThePresharedKeyByOneOfZeros() {
        assertThat(built(peer -> peer.presharedKey(SecretKey.copyOf(new byte[32]))))
                .isEqualTo(built(PeerChange.Builder::clearPresharedKey));
    }

    @Test
    void doesWithThePresharedKeyWhatWasSaidLast() {
        SecretKey key = WgKeys.BOB.privateKey();
        assertThat(built(peer -> peer.presharedKey(key).clearPresharedKey()))
                .isEqualTo(built(PeerChange.Builder::clearPresharedKey));
        assertThat(built(peer -> peer.clearPresharedKey().presharedKey(key)))
                .isEqualTo(built(peer -> peer.presharedKey(key)));
    }

    @Test
    void refusesAPresharedKeyThatIsClosed() {
        SecretKey key = SecretKey.generatePreshared();
        key.close();
        PeerChange.Builder peer = DeviceChange.builder().peer(ALICE);
        assertThatThrownBy(() -> peer.presharedKey(key)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void setsTheEndpoint() {
        assertThat(built(peer -> peer.endpoint(ENDPOINT)).endpoint()).hasValue(ENDPOINT);
    }

    @Test
    void replacesTheAllowedIps() {
        assertThat(built(PeerChange.Builder::replaceAllowedIps).isReplaceAllowedIps())
                .isTrue();
    }

    @Test
    void addsAllowedIpsInTheOrderGiven() {
        assertThat(built(peer -> peer.addAllowedIp(FD).addAllowedIps(List.of(TEN, FD)))
                        .addedAllowedIps())
                .containsExactly(FD, TEN, FD);
    }

    @Test
    void removesAllowedIpsInTheOrderGiven() {
        assertThat(built(peer -> peer.removeAllowedIp(FD).removeAllowedIp(TEN)).removedAllowedIps())
                .containsExactly(FD, TEN);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 65535})
    void setsTheKeepaliveAndZeroTurnsItOff(long seconds) {
        assertThat(built(peer -> peer.persistentKeepalive(Duration.ofSeconds(seconds)))
                        .persistentKeepalive())
                .hasValue(Duration.ofSeconds(seconds));
    }

    @Test
    void refusesAKeepaliveThatWireGuardCannotKeep() {
        PeerChange.Builder peer = DeviceChange.builder().peer(ALICE);
        assertThatThrownBy(() -> peer.persistentKeepalive(Duration.ofSeconds(65536)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("persistent keepalive must be whole seconds, 0 (off) to 65535, was PT18H12M16S");
    }

    static Stream<UnaryOperator<PeerChange.Builder>> settings() {
        return Stream.of(
                PeerChange.Builder::restart,
                peer -> peer.presharedKey(WgKeys.BOB.privateKey()),
                PeerChange.Builder::clearPresharedKey,
                peer -> peer.endpoint(ENDPOINT),
                PeerChange.Builder::replaceAllowedIps,
                peer -> peer.addAllowedIp(TEN),
                peer -> peer.removeAllowedIp(TEN),
                peer -> peer.persistentKeepalive(Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void refusesToRemoveAPeerAndSetItToo(UnaryOperator<PeerChange.Builder> setting) {
        PeerChange.Builder peer =
                setting.apply(DeviceChange.builder().peer(ALICE).remove());
        assertThatThrownBy(peer::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("peer " + ALICE + " is both removed and set; name it twice, to remove it and then add it"
                        + " again");
    }

    @Test
    void differsByEachIntent() {
        assertThat(Stream.concat(
                        Stream.of(
                                UnaryOperator.<PeerChange.Builder>identity(),
                                PeerChange.Builder::remove,
                                PeerChange.Builder::updateOnly),
                        settings()))
                .extracting(PeerChangeTest::built)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void equalsAnotherOfTheSameIntents(UnaryOperator<PeerChange.Builder> setting) {
        assertThat(built(setting)).isEqualTo(built(setting)).hasSameHashCodeAs(built(setting));
    }

    @Test
    void keepsItsListsToItself() {
        PeerChange change = built(peer -> peer.addAllowedIp(TEN).removeAllowedIp(FD));
        assertThatThrownBy(() -> change.addedAllowedIps().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> change.removedAllowedIps().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void printsItsIntentsWithoutTheSecret() {
        try (SecretKey key = WgKeys.BOB.privateKey()) {
            assertThat(built(peer -> peer.updateOnly()
                            .presharedKey(key)
                            .endpoint(ENDPOINT)
                            .replaceAllowedIps()
                            .addAllowedIp(TEN)
                            .removeAllowedIp(FD)
                            .persistentKeepalive(Duration.ofSeconds(25))))
                    .hasToString("peer " + ALICE + " update-only preshared-key redacted endpoint 192.0.2.1:51820"
                            + " replace-allowed-ips +10.0.0.0/8 -fd00::/64 persistent-keepalive 25");
        }
    }

    @Test
    void printsRemovalRestartAndClearing() {
        assertThat(built(PeerChange.Builder::remove)).hasToString("peer " + ALICE + " remove");
        assertThat(built(PeerChange.Builder::restart)).hasToString("peer " + ALICE + " restart");
        assertThat(built(PeerChange.Builder::clearPresharedKey)).hasToString("peer " + ALICE + " preshared-key none");
    }

    private static PeerChange built(UnaryOperator<PeerChange.Builder> intents) {
        return intents.apply(DeviceChange.builder().peer(ALICE)).build().peers().get(0);
    }
}
