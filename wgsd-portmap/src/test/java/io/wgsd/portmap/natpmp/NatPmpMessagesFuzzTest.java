package io.wgsd.portmap.natpmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.ProtocolException;

/** A response is read or refused, and one that says "success" has what was asked for. */
final class NatPmpMessagesFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aResponseIsReadOrRefused(byte[] message) {
        NatPmpResponse response;
        try {
            response = NatPmpMessages.read(message);
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return;
        }
        assertThat(response.resultName()).isNotBlank();
        if (response.version() == 0 && response.isSuccess()) {
            assertThat(response.external().isPresent())
                    .isNotEqualTo(response.mapping().isPresent());
        }
    }
}
