package io.wgsd.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a client counts can be made in an embedder's test. */
class ClientStatsTest {

    @Test
    void eachNumberIsItsOwn() {
        ClientStats stats = ClientStats.builder()
                .questions(1)
                .sentByUdp(2)
                .sentByTcp(3)
                .answered(4)
                .timedOut(5)
                .refused(6)
                .failed(7)
                .cancelled(8)
                .build();
        assertThat(stats)
                .hasToString("ClientStats[questions=1, sentByUdp=2, sentByTcp=3, answered=4, timedOut=5, refused=6,"
                        + " failed=7, cancelled=8]");
    }

    @Test
    void noCountIsNegative() {
        assertThatThrownBy(() -> ClientStats.builder().timedOut(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timedOut must be 0 or more, was -1");
    }
}
