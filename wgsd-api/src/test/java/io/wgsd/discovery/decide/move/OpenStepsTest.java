package io.wgsd.discovery.decide.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.Samples;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenStepsTest {

    private final OpenSteps steps = new OpenSteps(Samples.NOW);

    @Test
    void isDoneOnceWireGuardHasSentAnInitiation() {
        assertThat(steps.next(decoy(0), Samples.NOW).isLast()).isFalse();
        assertThat(steps.next(decoy(148), Samples.NOW.plus(Duration.ofMillis(20)))
                        .outcome())
                .isEqualTo(MoveReport.Outcome.OPENED);
    }

    @Test
    void doesNotWaitForEver() {
        assertThat(steps.next(decoy(0), Samples.NOW.plus(Duration.ofMillis(499)))
                        .isLast())
                .isFalse();
        assertThat(steps.next(decoy(0), Samples.NOW.plus(Duration.ofMillis(500)))
                        .outcome())
                .isEqualTo(MoveReport.Outcome.NOT_OPENED);
    }

    @Test
    void endsWhereSomebodyHasRemovedTheDecoy() {
        assertThat(steps.next(Optional.empty(), Samples.NOW).outcome()).isEqualTo(MoveReport.Outcome.NOT_OPENED);
    }

    private static Optional<Peer> decoy(long sent) {
        return Optional.of(Peer.builder(Samples.key(1))
                .statistics(PeerStatistics.of(null, 0, sent))
                .build());
    }
}
