package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints are read and written in the form of {@code wg}: {@code 192.0.2.1:51820} or {@code [2001:db8::1]:51820}. */
class EndpointParseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1:51820",
                "0.0.0.0:1",
                "255.255.255.255:65535",
                "[2001:db8::1]:51820",
                "[::]:1",
                "[fe80::1%eth0]:51820",
                "[fe80::1%2]:51820",
                "[fe80::1%wg-a.b_c@d]:51820",
                "[fe80::1%123456789012345]:51820",
                "[fe80::1%007]:51820"
            })
    void isWrittenAsItWasRead(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "[2001:0DB8:0::1]:51820,   [2001:db8::1]:51820",
        "[::ffff:192.0.2.1]:51820, 192.0.2.1:51820",
        "[::FFFF:c000:201]:51820,  192.0.2.1:51820",
        "[::ffff:192.0.2.1%0]:51820, 192.0.2.1:51820",
        "[fe80::1%0]:51820,        [fe80::1]:51820"
    })
    void hasOneTextThoughManySpellings(String spelling, String text) {
        assertThat(Endpoint.parse(spelling)).isEqualTo(Endpoint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":1",
                "[]:1",
                "[:1",
                "]:1",
                "192.0.2.1",
                "192.0.2.1:",
                "192.0.2.1:0",
                "192.0.2.1:65536",
                "192.0.2.1:4294967297",
                "192.0.2.1:99999999999999999999",
                "192.0.2.1:-1",
                "192.0.2.1:+1",
                "192.0.2.1:01",
                "192.0.2.1:1 ",
                " 192.0.2.1:1",
                "192.0.2.1: 1",
                "192.0.2.1:0x10",
                "192.0.2.1:http",
                "192.0.2.1:١",
                "192.0.2.1:1:1",
                "192.0.2.01:1",
                "192.0.2:1",
                "[192.0.2.1]:1",
                "2001:db8::1:51820",
                "2001:db8::1",
                "[2001:db8::1]",
                "[2001:db8::1]51820",
                "[2001:db8::1]:",
                "[2001:db8::1]:0",
                "[2001:db8::1]:65536",
                "[[2001:db8::1]]:1",
                "[2001:db8::1]]:1",
                "[2001:db8::1]:1]:1",
                "[2001:db8:::1]:1",
                "[fe80::1%]:1",
                "[fe80::1%%]:1",
                "[fe80::1%a/b]:1",
                "[fe80::1%a b]:1",
                "[fe80::1%-a]:1",
                "[fe80::1%.]:1",
                "[fe80::1%..]:1",
                "[fe80::1%1234567890123456]:1",
                "[%eth0]:1",
                "example.com:51820",
                "localhost:51820",
                "[localhost]:51820"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessage("endpoint \"" + text + "\": must be a numeric address and a port of 1..65535, as in"
                        + " 192.0.2.1:51820 or [2001:db8::1]:51820; names are not resolved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1%eth0:1", "[::ffff:192.0.2.1%eth0]:1"})
    void refusesAScopeOnAnIpv4Address(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessage("endpoint: an IPv4 address has no scope, was %eth0");
    }
}
