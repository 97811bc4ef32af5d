package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer as a device has it; its configuration compares without its counters. */
class PeerTest {

    private static final PublicKey ALICE = WgKeys.ALICE.publicKey();
    private static final PeerStatistics SEEN = PeerStatistics.of(Instant.ofEpochSecond(1_700_000_000), 1, 2);

    @Test
    void beginsWithItsKeyAlone() {
        Peer peer = Peer.builder(ALICE).build();
        assertThat(peer.publicKey()).isEqualTo(ALICE);
        assertThat(peer.endpoint()).isEmpty();
        assertThat(peer.allowedIps()).isEmpty();
        assertThat(peer.persistentKeepalive()).isEmpty();
        assertThat(peer.statistics()).isEqualTo(PeerStatistics.none());
    }

    @Test
    void hasWhatItWasGiven() {
        Peer peer = whole().build();
        assertThat(peer.endpoint()).hasValue(Endpoint.parse("192.0.2.1:51820"));
        assertThat(peer.allowedIps()).containsExactly(IpPrefix.parse("10.0.0.1/32"));
        assertThat(peer.persistentKeepalive()).hasValue(Duration.ofSeconds(25));
        assertThat(peer.statistics()).isEqualTo(SEEN);
    }

    @Test
    void hasItsAllowedIpsInOrderAndEachOnce() {
        Peer peer = Peer.builder(ALICE)
                .allowedIps(List.of(IpPrefix.parse("fd00::/64"), IpPrefix.parse("10.1.0.0/16")))
                .allowedIp(IpPrefix.parse("10.0.0.0/16"))
                .allowedIp(IpPrefix.parse("10.1.2.3/16"))
                .build();
        assertThat(peer.allowedIps())
                .containsExactly(
                        IpPrefix.parse("10.0.0.0/16"), IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("fd00::/64"));
    }

    @Test
    void keepsItsAllowedIpsToItself() {
        assertThatThrownBy(() -> whole().build().allowedIps().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void doesNotChangeWithItsBuilder() {
        Peer.Builder builder = whole();
        Peer peer = builder.build();
        builder.endpoint(Endpoint.parse("192.0.2.9:9")).allowedIp(IpPrefix.parse("10.9.0.0/16"));
        assertThat(peer).isEqualTo(whole().build());
    }

    @Test
    void hasNoKeepaliveWhereItIsZero() {
        assertThat(whole().persistentKeepalive(Duration.ZERO).build().persistentKeepalive())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0.5S", "PT1.000000001S", "PT65536S", "P9999D"})
    void refusesAKeepaliveThatWireGuardCannotKeep(Duration interval) {
        assertThatThrownBy(() -> Peer.builder(ALICE).persistentKeepalive(interval))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("persistent keepalive must be whole seconds, 0 (off) to 65535, was " + interval);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT65535S"})
    void takesAKeepaliveAtTheEndsOfItsRange(Duration interval) {
        assertThat(Peer.builder(ALICE).persistentKeepalive(interval).build().persistentKeepalive())
                .hasValue(interval);
    }

    static Stream<Peer> configuredOtherwise() {
        return Stream.of(
                Peer.builder(WgKeys.BOB.publicKey())
                        .endpoint(Endpoint.parse("192.0.2.1:51820"))
                        .allowedIp(IpPrefix.parse("10.0.0.1/32"))
                        .persistentKeepalive(Duration.ofSeconds(25))
                        .statistics(SEEN)
                        .build(),
                whole().endpoint(Endpoint.parse("192.0.2.1:51821")).build(),
                whole().allowedIp(IpPrefix.parse("10.0.0.2/32")).build(),
                whole().persistentKeepalive(Duration.ZERO).build());
    }

    @ParameterizedTest
    @MethodSource("configuredOtherwise")
    void differsInEachPartOfItsConfiguration(Peer other) {
        assertThat(whole().build()).isNotEqualTo(other);
        assertThat(whole().build().sameConfiguration(other)).isFalse();
    }

    @Test
    void isConfiguredTheSameRegardlessOfItsCounters() {
        Peer peer = whole().build();
        Peer later = peer.withStatistics(PeerStatistics.none());
        assertThat(peer.sameConfiguration(later)).isTrue();
        assertThat(peer).isNotEqualTo(later);
    }

    @Test
    void sharesAllButItsStatisticsWithItselfLater() {
        Peer peer = whole().build();
        Peer later = peer.withStatistics(PeerStatistics.none());
        assertThat(later.statistics()).isEqualTo(PeerStatistics.none());
        assertThat(later.allowedIps()).isSameAs(peer.allowedIps());
    }

    @Test
    void staysTheSameObjectWhereNothingWasCounted() {
        Peer peer = whole().build();
        assertThat(peer.withStatistics(PeerStatistics.of(Instant.ofEpochSecond(1_700_000_000), 1, 2)))
                .isSameAs(peer);
    }

    @Test
    void equalsAnotherOfTheSameParts() {
        assertThat(whole().build())
                .isEqualTo(whole().build())
                .hasSameHashCodeAs(whole().build())
                .isNotEqualTo("peer");
    }

    @Test
    void printsItsPartsOnOneLine() {
        assertThat(whole().build())
                .hasToString("Peer[dewhMla8VCh3iz3UG32C1Vyqo6SmnnJBT9OwCmFu6BY=, endpoint=192.0.2.1:51820,"
                        + " allowedIps=[10.0.0.1/32], persistentKeepalive=PT25S,"
                        + " PeerStatistics[latestHandshake=2023-11-14T22:13:20Z, rxBytes=1, txBytes=2]]");
    }

    @Test
    void printsWhatItDoesNotHave() {
        assertThat(Peer.builder(ALICE).build())
                .hasToString("Peer[dewhMla8VCh3iz3UG32C1Vyqo6SmnnJBT9OwCmFu6BY=, endpoint=none, allowedIps=[],"
                        + " persistentKeepalive=off, PeerStatistics[latestHandshake=never, rxBytes=0, txBytes=0]]");
    }

    private static Peer.Builder whole() {
        return Peer.builder(ALICE)
                .endpoint(Endpoint.parse("192.0.2.1:51820"))
                .allowedIp(IpPrefix.parse("10.0.0.1/32"))
                .persistentKeepalive(Duration.ofSeconds(25))
                .statistics(SEEN);
    }
}
