package io.wgsd.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** A state is read or refused, and what is read is written as it was understood. */
final class KeptTextFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void whatIsReadIsWrittenAgain(byte[] text) throws IOException {
        Kept kept;
        try {
            kept = KeptText.read(text);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return;
        }
        assertThat(KeptText.read(KeptText.write(kept))).isEqualTo(kept);
    }
}
