package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorOriginTest {

    private final ErrorOrigin origin = ErrorOrigin.of("netlink").device("wg0").errno(19);

    @Test
    void isABackendADeviceAndAnErrno() {
        assertThat(origin.backend()).isEqualTo("netlink");
        assertThat(origin.device()).hasValue("wg0");
        assertThat(origin.errno()).hasValue(19);
    }

    @Test
    void isWithoutDeviceAndErrnoWhereThereAreNone() {
        assertThat(ErrorOrigin.of("netlink").device()).isEmpty();
        assertThat(ErrorOrigin.of("netlink").errno()).isEmpty();
        assertThat(origin.errno(0).errno()).isEmpty();
    }

    @Test
    void isTheSameForAnErrnoOfEitherSign() {
        assertThat(origin.errno(-19)).isEqualTo(origin).hasSameHashCodeAs(origin);
    }

    @Test
    void differsInEachPart() {
        assertThat(Stream.of(
                        origin,
                        origin.errno(1),
                        origin.device("wg1"),
                        ErrorOrigin.of("uapi").device("wg0").errno(19),
                        ErrorOrigin.of("netlink")))
                .doesNotHaveDuplicates();
    }

    @Test
    void isPrintedAsPartOfASentence() {
        assertThat(origin).hasToString("device \"wg0\" by netlink");
        assertThat(ErrorOrigin.of("netlink")).hasToString("netlink");
    }
}
