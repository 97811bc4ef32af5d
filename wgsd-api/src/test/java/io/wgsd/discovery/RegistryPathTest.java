package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class RegistryPathTest {

    private static final InetSocketAddress INSIDE = new InetSocketAddress("10.0.0.254", 53);
    private static final InetSocketAddress OUTSIDE = new InetSocketAddress("192.0.2.53", 53);

    private final FakeRoutes routes = new FakeRoutes();

    @Test
    void theRegistrysPeerHasTheLongestPrefixThatHoldsItsAddress() {
        Device device = device(peer(ALICE, "", "10.0.0.0/24"), peer(REGISTRY, "", "10.0.0.254/32"));
        assertThat(path(INSIDE, device).peer()).contains(REGISTRY);
    }

    @Test
    void aRegistryInsideTheTunnelIsAskedFromTheDevicesAddress() {
        Device device = device(peer(REGISTRY, "", "10.0.0.254/32"));
        assertThat(path(INSIDE, device).tunnelSource()).contains(FakeRoutes.INNER);
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

    private RegistryPath path(InetSocketAddress server, Device device) {
        return RegistryPath.of(server, device, CryptokeyRouting.of(device), routes);
    }
}
