package io.wgsd.server.transport.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListenPlanTest {

    private static final List<Link> LINKS = List.of(
            link("lo", 1, "127.0.0.1", "::1"),
            link("eth0", 2, "192.0.2.1", "fe80::1"),
            link("wg0", 7, "10.0.0.254", "fd00::254", "fe80::2"));

    @Test
    void theDefaultIsTheDevicesOwnAddressesAndPort53() {
        assertThat(plan().addresses(LINKS)).containsExactly(at("10.0.0.254", 53), at("fd00::254", 53));
    }

    @Test
    void namedAddressesAreTakenAsTheyAre() {
        assertThat(plan(at("192.0.2.1", 5353)).addresses(LINKS)).containsExactly(at("192.0.2.1", 5353));
    }

    @Test
    void theWildcardOfIpv4IsEachIpv4Address() {
        assertThat(plan(at("0.0.0.0", 53)).addresses(LINKS))
                .containsExactly(at("127.0.0.1", 53), at("192.0.2.1", 53), at("10.0.0.254", 53));
    }

    @Test
    void theWildcardOfIpv6IsEachAddressOfBothFamilies() {
        assertThat(plan(at("::", 53)).addresses(LINKS))
                .containsExactlyInAnyOrder(
                        at("127.0.0.1", 53),
                        at("::1", 53),
                        at("192.0.2.1", 53),
                        at("10.0.0.254", 53),
                        at("fd00::254", 53));
    }

    @Test
    void aDeviceThatIsNotThereHasNoAddresses() {
        assertThat(plan().addresses(LINKS.subList(0, 2))).isEmpty();
        assertThat(plan().deviceIndex(LINKS.subList(0, 2))).isEmpty();
    }

    @Test
    void theDeviceIsKnownByItsIndex() {
        assertThat(plan().deviceIndex(LINKS)).hasValue(7);
    }

    @Test
    void aDeviceThatHasNothingElseIsListenedOnAtItsLinkLocalAddress() {
        List<Link> links = List.of(link("eth0", 2, "fe80::1"), link("wg0", 7, "fe80::2"));
        assertThat(plan().addresses(links)).containsExactly(at("fe80::2", 53));
    }

    @Test
    void aLinkLocalAddressThatIsNamedHasTheIndexThatItsLinkHasNow() throws Exception {
        InetSocketAddress named = new InetSocketAddress(
                Inet6Address.getByAddress("fe80::2%wg0", ip("fe80::2").getAddress(), 0), 53);
        assertThat(plan(named).addresses(LINKS)).singleElement().satisfies(address -> {
            assertThat(LinkLocal.index(address)).isEqualTo(7);
            assertThat(address.getHostString()).isEqualTo("fe80::2%wg0");
        });
    }

    @Test
    void aLinkLocalAddressWithoutItsLinkIsRefused() {
        assertThatThrownBy(() -> plan(at("fe80::1", 53)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("listen address [fe80:0:0:0:0:0:0:1]:53 is link-local and must name its link,"
                        + " as in [fe80::1%wg0]:53");
    }

    private static ListenPlan plan(InetSocketAddress... listen) {
        return new ListenPlan("wg0", List.of(listen));
    }

    private static Link link(String name, int index, String... addresses) {
        return new Link(
                name, index, Stream.of(addresses).map(ListenPlanTest::ip).toList());
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(ip(address), port);
    }

    private static InetAddress ip(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
