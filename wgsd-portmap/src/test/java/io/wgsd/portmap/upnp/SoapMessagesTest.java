package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoapMessagesTest {

    @Test
    void aCallHasItsArguments() {
        assertThat(new String(
                        SoapMessages.call("urn:x", "DeletePortMapping", Map.of("NewProtocol", "UDP")),
                        StandardCharsets.UTF_8))
                .contains(
                        "<u:DeletePortMapping xmlns:u=\"urn:x\"><NewProtocol>UDP</NewProtocol></u:DeletePortMapping>");
    }

    @Test
    void anAnswerHasItsValues() throws ProtocolException {
        SoapMessages.Answer answer = SoapMessages.read(
                "GetExternalIPAddress",
                "<e><b><u:GetExternalIPAddressResponse xmlns:u=\"urn:x\"><NewExternalIPAddress>198.51.100.7"
                        + "</NewExternalIPAddress></u:GetExternalIPAddressResponse></b></e>");

        assertThat(answer.error()).isEmpty();
        assertThat(answer.values()).containsEntry("NewExternalIPAddress", "198.51.100.7");
    }

    @Test
    void anErrorHasItsNumber() throws ProtocolException {
        assertThat(SoapMessages.read("AddPortMapping", "<e><errorCode> 725 </errorCode></e>")
                        .error())
                .isEqualTo(OptionalInt.of(725));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<e/>", "<e><GetExternalIPAddressResponse/></e>", "<e><errorCode>x</errorCode></e>"})
    void anythingElseIsRefused(String document) {
        assertThatThrownBy(() -> SoapMessages.read("AddPortMapping", document)).isInstanceOf(ProtocolException.class);
    }
}
