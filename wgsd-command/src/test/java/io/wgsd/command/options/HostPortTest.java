package io.wgsd.command.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.command.output.AddressText;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class HostPortTest {

    @Test
    void aNameIsNotLookedUpWhileOptionsAreRead() {
        InetSocketAddress read = new HostPort.NameConverter().convert("hub.example.com");
        assertThat(read.isUnresolved()).isTrue();
        assertThat(AddressText.of(read)).isEqualTo("hub.example.com:53");
        assertThat(new HostPort.NameConverter().convert("10.0.0.254:5353").isUnresolved())
                .isFalse();
        assertThat(new HostPort.NameConverter().convert("fd00::1").isUnresolved())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub example", "-hub", "hub/", "10.0.0.999", ":53", "hub:0", "hub:99999"})
    void textThatIsNeitherAnAddressNorANameIsRefused(String text) {
        assertThatThrownBy(() -> new HostPort.NameConverter().convert(text))
                .isInstanceOf(TypeConversionException.class);
    }
}
