package io.wgsd.portmap.natpmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6886, section 3.6. */
class NatPmpEpochTest {

    @ParameterizedTest
    @CsvSource({
        // seconds here, the server's before, the server's now
        "0, 100, 100, true",
        "0, 100, 98, true",
        "0, 100, 97, false",
        "80, 100, 168, true",
        "80, 100, 167, false",
        "80, 100, 100000, true",
        "3600, 100000, 5, false",
    })
    void aServerThatHasForgottenIsRecognized(long here, long before, long now, boolean follows) {
        assertThat(new NatPmpEpoch(1000 + here, now).follows(new NatPmpEpoch(1000, before)))
                .isEqualTo(follows);
    }
}
