package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/** What a service answers is read or refused. */
final class SoapMessagesFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anAnswerIsReadOrRefused(byte[] document) {
        SoapMessages.Answer answer;
        try {
            answer = SoapMessages.read("AddPortMapping", new String(document, StandardCharsets.UTF_8));
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return;
        }
        assertThat(answer.error().isPresent() || answer.values().containsKey("AddPortMappingResponse"))
                .isTrue();
    }
}
