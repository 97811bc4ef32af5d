package io.wgsd.discovery.decide.local;

import static io.wgsd.discovery.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often an address in this host's network is tried, which may be somebody else's. */
class LocalTriesTest {

    private LocalTries tries = LocalTries.none();

    @Test
    void withoutASessionThereAreTwoAttempts() {
        attempt(NOW);
        assertThat(tries.mayAttempt(NOW)).isTrue();
        attempt(NOW);
        assertThat(tries.mayAttempt(NOW)).isFalse();
    }

    @Test
    void theOtherInitiationsAreForASessionThatIsToBeMovedThere() {
        attempt(NOW);
        attempt(NOW);
        assertThat(tries.mayOpen(NOW)).isTrue();
        assertThat(initiationsAt(NOW)).isEqualTo(2);
        assertThat(movesAt(NOW)).isEqualTo(4);
    }

    @Test
    void thereAreAtMostFourInitiationsFourTimesADay() {
        int initiations = 0;
        int moves = 0;
        for (Duration after = Duration.ZERO;
                after.compareTo(Duration.ofDays(1)) < 0;
                after = after.plus(Duration.ofSeconds(10))) {
            initiations += initiationsAt(NOW.plus(after));
            moves += movesAt(NOW.plus(after));
        }
        assertThat(initiations).isEqualTo(16);
        assertThat(moves).isEqualTo(16);
        assertThat(initiationsAt(NOW.plus(Duration.ofDays(1)))).isEqualTo(4);
    }

    @Test
    void afterATryThereIsAPauseOfTenMinutes() {
        assertThat(initiationsAt(NOW)).isEqualTo(4);
        assertThat(tries.mayOpen(NOW.plus(Duration.ofMinutes(9)))).isFalse();
        assertThat(tries.mayOpen(NOW.plus(Duration.ofMinutes(10)))).isTrue();
    }

    private void attempt(Moment at) {
        tries = tries.initiated(at);
    }

    private int initiationsAt(Moment at) {
        int count = 0;
        for (; tries.mayOpen(at); count++) {
            tries = tries.initiated(at);
        }
        return count;
    }

    private int movesAt(Moment at) {
        int count = 0;
        for (; tries.mayMove(at); count++) {
            tries = tries.moved(at);
        }
        return count;
    }
}
