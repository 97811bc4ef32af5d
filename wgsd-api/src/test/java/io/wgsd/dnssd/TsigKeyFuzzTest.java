package io.wgsd.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.FormatException;

/** Whatever a key's file holds, it is read or refused in a moment, and nothing of it is quoted. */
class TsigKeyFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aKeyIsReadOrRefused(byte[] input) {
        try {
            assertThat(TsigKey.parse("registry", "hmac-sha256", input)).hasToString("TsigKey[registry., hmac-sha256]");
        } catch (FormatException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
        }
    }
}
