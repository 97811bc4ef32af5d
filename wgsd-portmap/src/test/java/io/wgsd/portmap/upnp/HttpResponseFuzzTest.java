package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.ProtocolException;
import java.util.Optional;

/** A response is read or refused, and what was complete before the end is the same at the end. */
final class HttpResponseFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aResponseIsReadOrRefused(byte[] bytes) {
        try {
            Optional<HttpResponse> before = HttpResponse.read(bytes, false);
            Optional<HttpResponse> after = HttpResponse.read(bytes, true);
            assertThat(after).isPresent();
            if (before.isPresent()) {
                assertThat(after).isEqualTo(before);
            }
            assertThat(after.get().status()).isBetween(100, 999);
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }
}
