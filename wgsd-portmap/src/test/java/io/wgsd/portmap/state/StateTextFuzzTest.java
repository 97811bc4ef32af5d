package io.wgsd.portmap.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.portmap.protocol.Held;
import java.io.IOException;
import java.util.List;

/** A state is read or refused, and what is read is written as it was understood. */
final class StateTextFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aStateThatIsReadCanBeWrittenAgain(byte[] text) throws IOException {
        List<Held> held;
        try {
            held = StateText.read(text);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return;
        }
        assertThat(StateText.read(StateText.write(held))).isEqualTo(held);
    }
}
