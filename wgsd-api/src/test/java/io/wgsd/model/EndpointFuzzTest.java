package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

final class EndpointFuzzTest {

    /** An address, a scope, a port, and what is between them. */
    private static final int LONGEST = "[".length() + 45 + "%".length() + 15 + "]:".length() + 5;

    @FuzzTest(maxDuration = "10m")
    void aValueThatIsReadCanBeWrittenAndReadAgain(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.UTF_8);
        Endpoint endpoint = Parsed.by(Endpoint::parse, text).orElse(null);
        if (endpoint == null) {
            return;
        }
        assertThat(text).hasSizeLessThanOrEqualTo(LONGEST).matches("[!-~]+").endsWith(":" + endpoint.port());
        assertThat(endpoint.port()).isBetween(1, 65535);
        assertThat(endpoint.address()).isSameAs(endpoint.address().unmapped());
        assertThat(Endpoint.parse(endpoint.toString()))
                .isEqualTo(endpoint)
                .hasSameHashCodeAs(endpoint)
                .isEqualByComparingTo(endpoint);
        assertThat(made(endpoint)).isEqualTo(endpoint);
        if (endpoint.scope().isEmpty() || endpoint.scopeIndex().isPresent()) {
            assertThat(Endpoint.of(endpoint.toSocketAddress())).isEqualTo(endpoint);
        }
    }

    private static Endpoint made(Endpoint parts) {
        return parts.scope()
                .map(scope -> Endpoint.of(parts.address(), scope, parts.port()))
                .orElseGet(() -> Endpoint.of(parts.address(), parts.port()));
    }
}
