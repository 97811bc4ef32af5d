package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What WireGuard takes for a replay of a handshake: a timestamp that does not grow, and initiations too close together.
 */
class ReplayTest {

    private static final Duration GRAIN = Duration.ofNanos(1L << 24);

    @Test
    void aSecondInitiationWithinOneGrainOfTheStampIsDropped() {
        Pair pair = new Pair();
        restartAlice(pair);
        pair.pass(GRAIN.minusMillis(1));
        restartAlice(pair);
        pair.pass(Duration.ofSeconds(1));

        assertThat(pair.alice.hasSession(BOB))
                .as("the second was a replay, the first is forgotten")
                .isFalse();
    }

    @Test
    void aSecondInitiationWithinTwentyMillisecondsIsDroppedAsAFlood() {
        Pair pair = new Pair();
        restartAlice(pair);
        pair.pass(Duration.ofMillis(19));
        restartAlice(pair);
        pair.pass(Duration.ofSeconds(1));

        assertThat(pair.alice.hasSession(BOB)).isFalse();
    }

    @Test
    void aSecondInitiationAfterThatIsTaken() {
        Pair pair = new Pair();
        restartAlice(pair);
        pair.pass(Duration.ofMillis(20));
        restartAlice(pair);
        pair.pass(Duration.ofMillis(120));

        assertThat(pair.alice.hasSession(BOB)).isTrue();
        assertThat(pair.bob.hasSession(ALICE)).isTrue();
    }

    @Test
    void aClockThatWentBackIsNotHeardUntilItHasCaughtUp() {
        Pair pair = new Pair().connected();
        pair.aliceHost.setClockOffset(Duration.ofSeconds(-30));

        restartAlice(pair);
        pair.pass(Duration.ofSeconds(29));
        assertThat(pair.alice.hasSession(BOB)).isFalse();
        pair.pass(Duration.ofSeconds(8));
        assertThat(pair.alice.hasSession(BOB)).isTrue();
    }

    @Test
    void handshakesAreStampedByTheClockOfTheirHost() {
        Pair pair = new Pair();
        pair.aliceHost.setClockOffset(Duration.ofHours(1));

        pair.alice.sendData(BOB);
        pair.pass(Duration.ofMillis(120));

        assertThat(pair.bobAtAlice().statistics().latestHandshake())
                .contains(pair.timeline.instant().minusMillis(40).plusSeconds(3_600));
        assertThat(pair.aliceAtBob().statistics().latestHandshake()).contains(pair.timeline.instant());
    }

    private static void restartAlice(Pair pair) {
        pair.change(pair.alice, BOB, peer -> peer.restart());
        pair.alice.sendData(BOB);
    }
}
