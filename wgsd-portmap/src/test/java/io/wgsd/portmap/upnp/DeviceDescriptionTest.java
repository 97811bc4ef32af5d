package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceDescriptionTest {

    private static final IpAddress ROUTER = IpAddress.parse("192.168.1.1");

    @Test
    void servicesOfIpComeBeforeThoseOfPppAndNewOnesFirst() throws ProtocolException {
        assertThat(services(service("WANPPPConnection:1", "/ppp")
                        + service("WANIPConnection:1", "/ip1")
                        + service("Layer3Forwarding:1", "/l3f")
                        + service("WANIPConnection:2", "/ip2")))
                .containsExactly(
                        "urn:schemas-upnp-org:service:WANIPConnection:2@http://192.168.1.1:5000/ip2",
                        "urn:schemas-upnp-org:service:WANIPConnection:1@http://192.168.1.1:5000/ip1",
                        "urn:schemas-upnp-org:service:WANPPPConnection:1@http://192.168.1.1:5000/ppp");
    }

    @Test
    void urlsAreRelativeToTheBaseWhereThereIsOne() throws ProtocolException {
        assertThat(services("<URLBase>http://192.168.1.1:49152/igd/</URLBase>" + service("WANIPConnection:1", "c")))
                .containsExactly("urn:schemas-upnp-org:service:WANIPConnection:1@http://192.168.1.1:49152/igd/c");
    }

    @Test
    void whatLeadsElsewhereOrIsNoServiceIsLeftOut() throws ProtocolException {
        assertThat(services(service("WANIPConnection:1", "http://192.168.1.2/c")
                        + service("WANIPConnection:1&quot;\r\nX: y", "/c")
                        + "<service><controlURL>/c</controlURL></service>"))
                .isEmpty();
    }

    @Test
    void noMoreThanFourAreTaken() throws ProtocolException {
        assertThat(services(service("WANIPConnection:1", "/c").repeat(9))).hasSize(4);
    }

    private static List<String> services(String content) throws ProtocolException {
        return DeviceDescription.services(
                        "<root>" + content + "</root>", HttpTarget.parse("http://192.168.1.1:5000/root.xml", ROUTER))
                .stream()
                .map(Service::toText)
                .toList();
    }

    private static String service(String type, String control) {
        return "<service><serviceType>urn:schemas-upnp-org:service:" + type + "</serviceType><controlURL>" + control
                + "</controlURL></service>";
    }
}
