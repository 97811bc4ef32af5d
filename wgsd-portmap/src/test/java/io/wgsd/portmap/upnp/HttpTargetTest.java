package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTargetTest {

    private static final IpAddress ROUTER = IpAddress.parse("192.168.1.1");

    @ParameterizedTest
    @CsvSource({
        "http://192.168.1.1:5000/root.xml?a=b, http://192.168.1.1:5000/root.xml?a=b",
        "HTTP://192.168.1.1, http://192.168.1.1:80/",
        "http://192.168.1.1/a%20b#c, http://192.168.1.1:80/a%20b",
    })
    void aUrlOfTheRouterIsTaken(String url, String target) throws ProtocolException {
        assertThat(HttpTarget.parse(url, ROUTER)).hasToString(target);
    }

    @Test
    void aUrlMayBeRelative() throws ProtocolException {
        HttpTarget root = HttpTarget.parse("http://192.168.1.1:5000/igd/root.xml", ROUTER);

        assertThat(root.resolve("/control")).hasToString("http://192.168.1.1:5000/control");
        assertThat(root.resolve("control?x")).hasToString("http://192.168.1.1:5000/igd/control?x");
        assertThat(root.resolve("http://192.168.1.1:49152/c")).hasToString("http://192.168.1.1:49152/c");
        assertThatThrownBy(() -> root.resolve("//192.168.1.2/c")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> root.resolve("http://192.168.1.2/c")).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/root.xml",
                "https://192.168.1.1/",
                "file:///etc/passwd",
                "http://192.168.1.2/",
                "http://router/",
                "http://192.168.1.1@192.168.1.2/",
                "http://user@192.168.1.1/",
                "http://192.168.1.1.example.com/",
                "http://192.168.1.1:0/",
                "http://192.168.1.1:65536/",
                "http://[fe80::1]/",
                "http://3232235777/",
                "http://192.168.1.1/a b",
                "http://192.168.1.1/a\r\nHost: b",
                "http://192.168.1.1/ä",
                "mailto:router",
            })
    void whatLeadsElsewhereIsRefused(String url) {
        assertThatThrownBy(() -> HttpTarget.parse(url, ROUTER)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThatThrownBy(() -> HttpTarget.parse("http://192.168.1.1/" + "a".repeat(500), ROUTER))
                .isInstanceOf(ProtocolException.class);
    }
}
