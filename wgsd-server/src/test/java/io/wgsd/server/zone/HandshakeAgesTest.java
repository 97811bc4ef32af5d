package io.wgsd.server.zone;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HandshakeAgesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final long START = Long.MAX_VALUE - 5;

    private final HandshakeAges ages = new HandshakeAges();

    @Test
    void atFirstSightTheWallClockCounts() {
        look(NOON.minusSeconds(30), NOON, Duration.ZERO);

        assertThat(age()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void fromThenOnTheMonotonicClockDoes() {
        look(NOON.minusSeconds(30), NOON, Duration.ZERO);

        look(NOON.minusSeconds(30), NOON.plus(Duration.ofDays(1)), Duration.ofSeconds(10));
        assertThat(age()).isEqualTo(Duration.ofSeconds(40));

        look(NOON.minusSeconds(30), NOON.minus(Duration.ofDays(1)), Duration.ofSeconds(20));
        assertThat(age()).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void aHandshakeInTheFutureIsOneOfNow() {
        look(NOON.plusSeconds(30), NOON, Duration.ZERO);

        assertThat(age()).isZero();
    }

    @Test
    void anotherHandshakeHappenedSinceTheLookBefore() {
        look(NOON, NOON, Duration.ZERO);

        look(NOON.plusSeconds(3), NOON.plus(Duration.ofHours(1)), Duration.ofSeconds(5));

        assertThat(age()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aPeerThatNeverHadOneHasNoAge() {
        Device bare = device(peer(ALICE, HOME));
        ages.look(bare, NOON, START);

        assertThat(ages.age(bare.peers().get(0))).isEmpty();
    }

    @Test
    void anImpossibleTimeIsVeryOldAndNoError() {
        look(Instant.MIN, NOON, Duration.ZERO);

        assertThat(age()).isGreaterThan(Duration.ofDays(36_000));
    }

    private void look(Instant handshake, Instant now, Duration since) {
        ages.look(device(alice(handshake)), now, START + since.toNanos());
    }

    private Duration age() {
        return ages.age(peer(ALICE, HOME)).orElseThrow();
    }

    private static Peer alice(Instant handshake) {
        return peer(ALICE, HOME).withStatistics(PeerStatistics.of(handshake, 1, 1));
    }
}
