package io.wgsd.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "PT-5S, 0 s",
        "PT0.9S, 0 s",
        "PT59.9S, 59 s",
        "PT1M, 1 min",
        "PT59M59S, 59 min",
        "PT1H, 1 h",
        "PT47H59M, 47 h",
        "P2D, 2 d",
        "P400D, 400 d"
    })
    void aTimeIsInItsGreatestUnit(Duration time, String text) {
        assertThat(Amounts.time(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0.00004S, 0.0 ms", "PT0.00994S, 9.9 ms", "PT0.0312S, 31 ms", "PT1.5S, 1500 ms"})
    void aRoundTripIsInMilliseconds(Duration time, String text) {
        assertThat(Amounts.roundTrip(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1023, 1023",
        "1024, 1.0K",
        "1536, 1.5K",
        "10240, 10K",
        "1073741824, 1.0G",
        "9223372036854775807, 8.0E",
        "-1, 16E"
    })
    void bytesAreInUnitsOf1024(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }
}
