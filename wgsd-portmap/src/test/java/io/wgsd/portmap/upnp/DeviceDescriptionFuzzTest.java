package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A description is read or refused, and leads nowhere but to the router. */
final class DeviceDescriptionFuzzTest {

    private static final IpAddress ROUTER = IpAddress.parse("192.168.1.1");

    @FuzzTest(maxDuration = "10m")
    void aDescriptionLeadsToTheRouterOrIsRefused(byte[] document) throws ProtocolException {
        String text = new String(document, StandardCharsets.UTF_8);
        List<Service> services;
        try {
            services = DeviceDescription.services(text, HttpTarget.parse("http://192.168.1.1:5000/root.xml", ROUTER));
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return;
        }
        for (Service service : services) {
            assertThat(service.control().host()).isEqualTo(ROUTER);
            assertThat(service.toText()).matches("[!-~]+");
            assertThat(Service.parse(service.toText(), ROUTER)).isEqualTo(service);
        }
    }
}
