package io.wgsd.portmap.pcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.ProtocolException;

/** A response is read or refused, and what is read is in its fields' ranges. */
final class PcpMessagesFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aResponseIsReadOrRefused(byte[] message) {
        PcpResponse response;
        try {
            response = PcpMessages.read(message);
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return;
        }
        assertThat(message.length).isBetween(8, 1100);
        assertThat(response.lifetime()).isBetween(0L, 4_294_967_295L);
        assertThat(response.resultName()).isNotBlank();
        response.mapping().ifPresent(mapping -> {
            assertThat(mapping.nonce()).hasSize(24);
            assertThat(mapping.externalPort()).isBetween(0, 65535);
        });
    }
}
