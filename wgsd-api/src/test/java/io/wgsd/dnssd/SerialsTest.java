package io.wgsd.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1000, 1000",
        "999, 1000, 1000",
        "1000, 1000, 1001",
        "2000, 1000, 2001",
        "4294967295, 4294967295, 0",
        "4294967295, 4294967297, 1"
    })
    void theNextSerialIsTheTimeOrOneMore(long previous, long now, long next) {
        assertThat(Serials.next(previous, Instant.ofEpochSecond(now))).isEqualTo(next);
        assertThat(Serials.isGreater(next, previous)).isTrue();
    }

    @Test
    void serialsAreComparedOnACircle() {
        assertThat(Serials.isGreater(1, 0)).isTrue();
        assertThat(Serials.isGreater(0, 1)).isFalse();
        assertThat(Serials.isGreater(0, Zone.MAX_SERIAL)).isTrue();
        assertThat(Serials.isGreater(7, 7)).isFalse();
    }
}
