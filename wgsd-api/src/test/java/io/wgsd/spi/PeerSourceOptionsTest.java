package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerSourceOptionsTest {

    @Test
    void areFiveSecondsAndNoSettings() {
        assertThat(PeerSourceOptions.defaults().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(PeerSourceOptions.defaults().setting("uapi.directory")).isEmpty();
    }

    @Test
    void areChangedIntoOthers() {
        PeerSourceOptions options = PeerSourceOptions.defaults()
                .withSetting("uapi.directory", "/run/a")
                .withTimeout(Duration.ofSeconds(1))
                .withSetting("cli.path", "/usr/bin/wg")
                .withSetting("uapi.directory", "/run/b");
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.setting("uapi.directory")).hasValue("/run/b");
        assertThat(options.setting("cli.path")).hasValue("/usr/bin/wg");
        assertThat(PeerSourceOptions.defaults().setting("cli.path")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.000000001S", "P106751991167300D"})
    void areLimitedToADay(Duration timeout) {
        assertThatThrownBy(() -> PeerSourceOptions.defaults().withTimeout(timeout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must be more than zero and at most a day, was " + timeout);
    }
}
