package io.wgsd.relay.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimestampTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.999999999Z");

    @Test
    void anInstantIsLabelledAsTai64nSaysAndAsCoarselyAsWireGuardDoes() {
        assertThat(Timestamp.of(Instant.EPOCH).toBytes()).containsExactly(0x40, 0, 0, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0);
        assertThat(Timestamp.of(NOW).nanos() % (1 << 24)).isZero();
    }

    @Test
    void aLabelIsReadBackAsItWasWritten() {
        Timestamp label = Timestamp.of(NOW);
        assertThat(Timestamp.read(label.toBytes())).isEqualTo(label);
    }

    @Test
    void anotherLabelInTheSameGrainIsGreaterAllTheSame() {
        Timestamp last = Timestamp.of(NOW);
        for (int i = 0; i < 100; i++) {
            Timestamp next = Timestamp.after(NOW, last);
            assertThat(next).isGreaterThan(last);
            assertThat(next.nanos()).isBetween(0, 999_999_999);
            last = next;
        }
    }

    @Test
    void afterAClockThatWentBackLabelsStillGrow() {
        Timestamp last = Timestamp.of(NOW);
        assertThat(Timestamp.after(NOW.minusSeconds(3600), last)).isGreaterThan(last);
        assertThat(Timestamp.after(NOW.plusSeconds(1), last)).isEqualTo(Timestamp.of(NOW.plusSeconds(1)));
    }

    @Test
    void labelsAreComparedUnsigned() {
        assertThat(new Timestamp(-1, 0)).isGreaterThan(new Timestamp(1, 0));
        assertThat(new Timestamp(1, -1)).isGreaterThan(new Timestamp(1, 1));
        assertThat(Timestamp.NONE.plusSeconds(2)).isEqualTo(new Timestamp(2, 0));
    }
}
