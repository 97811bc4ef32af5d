package io.wgsd.members;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.FormatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Whatever a file has, a network is read out of it or refused, and comes back from its file and from its zone. */
class NetworkFileFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aFileIsReadOrRefused(byte[] input) {
        NetworkFile file;
        try {
            file = NetworkFile.parse(new String(input, StandardCharsets.UTF_8));
        } catch (FormatException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
            return;
        }
        Network network = file.network();
        assertThat(NetworkFile.parse(file.text()).network()).isEqualTo(network);
        assertThat(NetworkFile.parse(NetworkFile.of(network).text()).network()).isEqualTo(network);
        assertThat(MembersZone.parse(network.names(), MembersZone.records(network, 1, Duration.ofDays(1))))
                .isEqualTo(network.enabled());
    }
}
