package io.wgsd.discovery.route;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.ip;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryPathTest {

    private static final InetSocketAddress INSIDE = new InetSocketAddress("10.0.0.254", 53);
    private static final InetSocketAddress OUTSIDE = new InetSocketAddress("192.0.2.53", 53);

    private static final Device LINK_LOCAL = device(peer(REGISTRY, "", "fe80::1/128"));

    private final FakeRoutes routes = new FakeRoutes();

    @Test
    void theRegistrysPeerHasTheLongestPrefixThatHoldsItsAddress() {
        Device device = device(peer(ALICE, "", "10.0.0.0/24"), peer(REGISTRY, "", "10.0.0.254/32"));
        assertThat(path(INSIDE, device).peer()).contains(REGISTRY);
    }

    @Test
    void aRegistryInsideTheTunnelIsAskedFromTheDevicesAddress() {
        Device device = device(peer(REGISTRY, "", "10.0.0.254/32"));
        assertThat(path(INSIDE, device).tunnelSource()).contains(FakeRoutes.INNER.toInetAddress());
    }

    @Test
    void aRegistryThatNoPeerAnswersForIsNotReachedThroughTheDevice() {
        assertThat(path(INSIDE, device(peer(ALICE, "", "10.0.0.3/32"))).tunnelSource())
                .isEmpty();
    }

    @Test
    void aRegistryThatIsRoutedAroundTheDeviceIsNotReachedThroughIt() {
        Device device = device(peer(REGISTRY, "", "0.0.0.0/0"));
        RegistryPath path = path(OUTSIDE, device);
        assertThat(path.tunnelSource()).isEmpty();
        assertThat(path.peer()).contains(REGISTRY);
    }

    @Test
    void whyItIsNotKnownToBeReachedThroughTheDeviceIsWhatWasSeen() {
        Device inside = device(peer(REGISTRY, "", "10.0.0.254/32"));
        assertThat(path(INSIDE, inside).obstacle()).isEmpty();
        assertThat(path(INSIDE, device(peer(ALICE, "", "10.0.0.3/32"))).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("no peer of wg0"));
        assertThat(path(OUTSIDE, device(peer(REGISTRY, "", "0.0.0.0/0"))).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("sends to it from " + FakeRoutes.OUTER));
    }

    @Test
    void ofAnUnnumberedDeviceItIsSaidThatItHasNoAddress() {
        Device unnumbered = Device.builder("wg1", DeviceKind.KERNEL)
                .peers(List.of(peer(REGISTRY, "", "10.0.0.254/32")))
                .build();
        assertThat(path(INSIDE, unnumbered).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("wg1 has no address"));
    }

    @Test
    void aLinkLocalRegistryIsAskedOnTheDevicesLink() throws Exception {
        routes.link(7).tunnel("fe80::2").route("fe80::/64", ip("fe80::2"));
        RegistryPath path = path(linkLocal("fe80::1", 0), LINK_LOCAL);

        assertThat(path.peer()).contains(REGISTRY);
        assertThat(path.tunnelSource()).contains(InetAddress.getByName("fe80::2"));
        assertThat(((Inet6Address) path.tunnelSource().orElseThrow()).getScopeId())
                .isEqualTo(7);
    }

    @Test
    void ofARecreatedDeviceTheNameCounts() throws Exception {
        routes.link(8).tunnel("fe80::2").route("fe80::/64", ip("fe80::2"));
        assertThat(path(linkLocal("fe80::1%wg0", 7), LINK_LOCAL).tunnelSource()).isPresent();
    }

    @Test
    void aLinkLocalRegistryOnAnotherLinkIsNotReachedThroughTheDevice() throws Exception {
        routes.link(7).tunnel("fe80::2").route("fe80::/64", ip("fe80::2"));
        RegistryPath path = path(linkLocal("fe80::1%eth0", 2), LINK_LOCAL);

        assertThat(path.peer()).isEmpty();
        assertThat(path.tunnelSource()).isEmpty();
    }

    private static InetSocketAddress linkLocal(String text, int scope) throws Exception {
        byte[] bytes = ip("fe80::1").toBytes();
        return new InetSocketAddress(Inet6Address.getByAddress(text, bytes, scope), 53);
    }

    private RegistryPath path(InetSocketAddress server, Device device) {
        return RegistryPath.of(server, device, CryptokeyRouting.of(device), routes);
    }
}
