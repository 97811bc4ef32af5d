package io.wgsd.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents move a live session from a relay to the direct path, between wireguard-go behind NATs. */
class MoveLabTest {

    /** Linux' least time after which TCP sends again; the kernel adds to it what it takes to notice. */
    private static final Duration LEAST_RETRANSMISSION = Duration.ofMillis(200);

    @Test
    @Timeout(240)
    void aSessionUnderTrafficMovesToTheDirectPathWithoutLossAndBackToTheRelayWhenThatIsCut() throws Exception {
        try (MoveLab lab = new MoveLab("--nat", "cone")) {
            lab.round();
        }
    }

    @Test
    @Timeout(240)
    void aSessionLeavesADirectPathThatIsTooNarrowForFullPackets() throws Exception {
        try (MoveLab lab = new MoveLab("--nat", "cone")) {
            lab.onANarrowPath();
        }
    }

    @Test
    @Tag("release")
    @Timeout(240)
    void aConnectionAtFullRateInBothDirectionsDoesNotStall() throws Exception {
        try (MoveLab lab = new MoveLab("--nat", "cone")) {
            assertThat(lab.streamWhileMoving()).isLessThan(LEAST_RETRANSMISSION.plusMillis(50));
        }
    }

    @Test
    @Tag("release")
    @Timeout(1200)
    void tenTimesInARow() throws Exception {
        try (MoveLab lab = new MoveLab("--nat", "cone")) {
            for (int i = 0; i < 10; i++) {
                lab.round();
            }
        }
    }
}
