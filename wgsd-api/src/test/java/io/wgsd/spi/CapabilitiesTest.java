package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {

    @Test
    void areNoneToBeginWith() {
        Capabilities none = Capabilities.none();
        assertThat(none.atomicUpdateOnly()).isFalse();
        assertThat(none.atomicRestart()).isFalse();
        assertThat(none.singlePrefixRemoval()).isFalse();
        assertThat(none.consistentSnapshot()).isFalse();
        assertThat(none.handshakePrecision()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Capabilities.builder().build()).isEqualTo(none).hasSameHashCodeAs(none);
    }

    @Test
    void areNamedOneByOne() {
        assertThat(Capabilities.builder().atomicUpdateOnly(true).build().atomicUpdateOnly())
                .isTrue();
        assertThat(Capabilities.builder().atomicRestart(true).build().atomicRestart())
                .isTrue();
        assertThat(Capabilities.builder().singlePrefixRemoval(true).build().singlePrefixRemoval())
                .isTrue();
        assertThat(Capabilities.builder().consistentSnapshot(true).build().consistentSnapshot())
                .isTrue();
        assertThat(Capabilities.builder()
                        .handshakePrecision(Duration.ofNanos(1))
                        .build()
                        .handshakePrecision())
                .isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void differInEachPart() {
        assertThat(Stream.of(
                        Capabilities.none(),
                        Capabilities.builder().atomicUpdateOnly(true).build(),
                        Capabilities.builder().atomicRestart(true).build(),
                        Capabilities.builder().singlePrefixRemoval(true).build(),
                        Capabilities.builder().consistentSnapshot(true).build(),
                        Capabilities.builder()
                                .handshakePrecision(Duration.ofNanos(1))
                                .build()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void areNotFinerThanTimeItself(Duration precision) {
        assertThatThrownBy(() -> Capabilities.builder().handshakePrecision(precision))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("handshake precision must be more than zero, was " + precision);
    }

    @Test
    void arePrintedByName() {
        assertThat(Capabilities.builder().atomicRestart(true).build())
                .hasToString("Capabilities[atomicUpdateOnly=false, atomicRestart=true, singlePrefixRemoval=false,"
                        + " consistentSnapshot=false, handshakePrecision=PT1S]");
    }
}
