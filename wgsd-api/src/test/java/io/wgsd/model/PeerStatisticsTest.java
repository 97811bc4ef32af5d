package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PeerStatisticsTest {

    private static final Instant THEN = Instant.ofEpochSecond(1_700_000_000, 1);

    @Test
    void ofANewPeerAreNoneAtAll() {
        assertThat(PeerStatistics.none().latestHandshake()).isEmpty();
        assertThat(PeerStatistics.none().rxBytes()).isZero();
        assertThat(PeerStatistics.none().txBytes()).isZero();
    }

    @Test
    void ofNothingAreThoseOfANewPeer() {
        assertThat(PeerStatistics.of(null, 0, 0)).isSameAs(PeerStatistics.none());
    }

    @Test
    void haveWhatTheyWereGiven() {
        PeerStatistics statistics = PeerStatistics.of(THEN, 3, 4);
        assertThat(statistics.latestHandshake()).hasValue(THEN);
        assertThat(statistics.rxBytes()).isEqualTo(3);
        assertThat(statistics.txBytes()).isEqualTo(4);
    }

    @Test
    void differInEachPart() {
        assertThat(Stream.of(
                        PeerStatistics.none(),
                        PeerStatistics.of(THEN, 0, 0),
                        PeerStatistics.of(THEN.plusNanos(1), 0, 0),
                        PeerStatistics.of(null, 1, 0),
                        PeerStatistics.of(null, 0, 1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void equalOthersOfTheSameParts() {
        assertThat(PeerStatistics.of(THEN, 3, 4))
                .isEqualTo(PeerStatistics.of(THEN, 3, 4))
                .hasSameHashCodeAs(PeerStatistics.of(THEN, 3, 4));
    }

    @Test
    void printTheirCountersUnsigned() {
        assertThat(PeerStatistics.of(null, -1, Long.MIN_VALUE))
                .hasToString("PeerStatistics[latestHandshake=never, rxBytes=18446744073709551615,"
                        + " txBytes=9223372036854775808]");
    }
}
