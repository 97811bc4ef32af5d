package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsdpMessagesTest {

    private static final String ST = "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n";

    @Test
    void aSearchNamesTheDevice() {
        assertThat(new String(SsdpMessages.search(2), StandardCharsets.US_ASCII))
                .startsWith("M-SEARCH * HTTP/1.1\r\n")
                .contains("\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:2\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void anAnswerSaysWhereTheDescriptionIs() throws ProtocolException {
        assertThat(location("HTTP/1.1 200 OK\r\n" + ST + "LOCATION:http://192.168.1.1:5000/root.xml\r\n\r\n"))
                .map(HttpTarget::toString)
                .contains("http://192.168.1.1:5000/root.xml");
    }

    @Test
    void anAnswerAboutAnotherDeviceIsPassedOver() throws ProtocolException {
        assertThat(location("HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nLocation: http://192.168.1.1/\r\n\r\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NOTIFY * HTTP/1.1\r\n" + ST + "Location: http://192.168.1.1/\r\n\r\n",
                "HTTP/1.1 404 Not Found\r\n" + ST + "Location: http://192.168.1.1/\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + ST + "\r\n",
                "HTTP/1.1 200 OK\r\n" + ST + "Location: http://192.168.1.2/\r\n\r\n",
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> location(text)).isInstanceOf(ProtocolException.class);
    }

    private static Optional<HttpTarget> location(String text) throws ProtocolException {
        return SsdpMessages.location(text.getBytes(StandardCharsets.ISO_8859_1), IpAddress.parse("192.168.1.1"));
    }
}
