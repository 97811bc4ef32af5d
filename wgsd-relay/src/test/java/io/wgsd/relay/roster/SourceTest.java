package io.wgsd.relay.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 51820", "255.255.255.255, 65535", "2001:db8::1, 1", "::1, 53"})
    void itsNumbersMakeTheSameSourceAgain(String address, int port) {
        Source source = source(address, port, 3);
        Source again = Source.of(source.high(), source.low(), source.rest());
        assertThat(again).isEqualTo(source).hasSameHashCodeAs(source).hasToString(source.toString());
        assertThat(again.address()).isEqualTo(new InetSocketAddress(address, port));
        assertThat(again.socket()).isEqualTo(3);
    }

    @Test
    void theScopeOfALinkLocalAddressIsKept() {
        Source source = source("fe80::1%1", 5, 0);
        assertThat(Source.of(source.high(), source.low(), source.rest()).address())
                .isEqualTo(source.address());
        assertThat(source).isNotEqualTo(source("fe80::1", 5, 0));
    }

    @Test
    void addressPortAndSocketTellSourcesApart() {
        Source source = source("192.0.2.1", 5, 0);
        assertThat(source)
                .isNotEqualTo(source("192.0.2.2", 5, 0))
                .isNotEqualTo(source("192.0.2.1", 6, 0))
                .isNotEqualTo(source("192.0.2.1", 5, 1));
    }

    @Test
    void aNetworkIsASlash24OrASlash56() {
        assertThat(source("192.0.2.1", 5, 0).prefix())
                .isEqualTo(source("192.0.2.254", 9, 1).prefix())
                .isNotEqualTo(source("192.0.3.1", 5, 0).prefix());
        assertThat(source("2001:db8:0:100::1", 5, 0).prefix())
                .isEqualTo(source("2001:db8:0:1ff::2", 9, 1).prefix())
                .isNotEqualTo(source("2001:db8:0:200::1", 5, 0).prefix());
    }

    @Test
    void itsBytesAreThoseOfACookie() {
        assertThat(source("192.0.2.1", 258, 0).toBytes())
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1, 1, 2);
    }

    private static Source source(String address, int port, int socket) {
        return Source.of(new InetSocketAddress(address, port), socket);
    }
}
