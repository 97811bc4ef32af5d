package io.wgsd.relay.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** A state is read or refused, and what is read is written as it was understood. */
final class StateTextFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aStateThatIsReadCanBeWrittenAgain(byte[] text) throws IOException {
        State kept;
        try {
            kept = StateText.read(text);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return;
        }
        assertThat(StateText.read(StateText.write(kept))).isEqualTo(kept);
    }
}
