package io.wgsd.backend.uapi.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class DeviceAnswerFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anyBytesAreADeviceOrOneException(byte[] input) {
        FuzzedAnswer answer = FuzzedAnswer.of(input);

        Reading whole = Reading.of(answer.whole());

        assertThat(Reading.of(answer.pieces())).as("read in pieces").isEqualTo(whole);
        assertThat(Reading.of(answer.withOtherSecrets()).error())
                .as("what is said of it with other secrets")
                .isEqualTo(whole.error());
        if (whole.device() != null) {
            assertThat(Reading.ofPresharedKeys(answer.pieces(), whole.device()))
                    .as("read for the preshared keys of its peers")
                    .isEqualTo(whole.withoutPrivateKey());
            assertThat(Reading.of(AnswerPrinter.print(whole.device())).device())
                    .as("printed and read again")
                    .isEqualTo(whole.device());
        }
    }
}
