package io.wgsd.portmap.pcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6887, section 8.5. */
class PcpEpochTest {

    @ParameterizedTest
    @CsvSource({
        // seconds here, the server's before, the server's now
        "0, 100, 100, true",
        "0, 100, 99, true",
        "0, 100, 98, false",
        "60, 100, 160, true",
        // both may drift by a sixteenth, and two seconds
        "160, 100, 250, true",
        "160, 100, 248, true",
        "160, 100, 247, false",
        "160, 100, 270, true",
        "160, 100, 272, true",
        "160, 100, 274, false",
        // a restart: it begins again
        "3600, 100000, 5, false",
        // a restart that is hidden by a long time off
        "3600, 100, 200, false",
        "10, 100, 4294967295, false",
    })
    void aServerThatHasForgottenIsRecognized(long here, long before, long now, boolean follows) {
        assertThat(new PcpEpoch(1000 + here, now).follows(new PcpEpoch(1000, before)))
                .isEqualTo(follows);
    }
}
